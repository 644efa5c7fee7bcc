"""House numbers: how they are written, and which door of a street is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from services.city.core.geo import distance_m
from services.city.models.places import Address

#: A street may bend or be another's between neighbours that are further apart than this.
MOST_BETWEEN: Final = 40
MOST_BETWEEN_M: Final = 400.0
_SPACES: Final = re.compile(r"\s+")
_FIRST: Final = re.compile(r"\d+")
_RANGE: Final = re.compile(r"(\d+)[A-Z]*\s*[-–/]\s*(\d+)[A-Z]*")


def normal(written: str) -> str:
    """Return a house number as it is stored: ``"12 a"`` -> ``"12A"``."""
    return _SPACES.sub("", written).upper()


def span(house_number: str) -> tuple[int, int] | None:
    """Return the first and last number that a door stands for (``"12-14"`` -> 12, 14); None without a digit.

    A second number that is not larger is a suffix: ``"12-3"`` is 12.
    """
    text = normal(house_number)
    first = _FIRST.search(text)
    if first is None:
        return None
    number = int(first[0])
    both = _RANGE.fullmatch(text)
    # "12/3" is box 3 of number 12; only a dash makes a range.
    last = int(both[2]) if both and "/" not in text else number
    return number, last if number < last <= number + 200 else number


def doors(addresses: Sequence[Address], house_number: str) -> list[Address]:
    """Return the addresses meant by a written number, among those that stand for it.

    Best first wins: the very number, then the number without its suffix, then a door that spans it ("12-14"), then
    the doors with a suffix ("12A" and "12B" for "12"). More than one is left where they lie in several postcodes.
    """
    wanted = normal(house_number)
    span_wanted = span(wanted)
    if span_wanted is None:
        return []
    number = span_wanted[0]
    standing = [a for a in addresses if a.number <= number <= a.number_to]
    suffixed = wanted != str(number)
    tiers = (
        [a for a in standing if a.house_number == wanted],
        [a for a in standing if a.house_number == str(number)],
        [a for a in standing if a.number != a.number_to and (number - a.number) % 2 == 0],
        [a for a in standing if a.number == number and not suffixed],
    )
    for tier in tiers:
        if tier:
            return _one_a_postcode(tier)
    return []


def nearest(addresses: Sequence[Address], number: int, most: int = 5) -> list[Address]:
    """Return the addresses whose numbers are nearest, the same side of the street first."""
    return sorted(addresses, key=lambda a: (abs(a.number - number), (a.number - number) % 2, a.house_number))[:most]


def between(addresses: Sequence[Address], house_number: str) -> Address | None:
    """Return a made-up address for a number that a street lacks: between its neighbours on its side of the street.

    ``addresses`` are those near it. None where it has no neighbour on either end within MOST_BETWEEN numbers and
    MOST_BETWEEN_M metres, or they lie in different postcodes: where one of them ends is not known.
    """
    wanted = span(house_number)
    if wanted is None:
        return None
    number = wanted[0]
    side = [a for a in addresses if (a.number - number) % 2 == 0]
    before = max((a for a in side if a.number_to < number), key=lambda a: a.number_to, default=None)
    after = min((a for a in side if a.number > number), key=lambda a: a.number, default=None)
    if before is None or after is None or before.postcode != after.postcode or before.commune_id != after.commune_id:
        return None
    gap, apart_m = after.number - before.number_to, distance_m(before.lat, before.lon, after.lat, after.lon)
    if gap > MOST_BETWEEN or apart_m > MOST_BETWEEN_M:
        return None
    share = (number - before.number_to) / gap
    return Address(
        dataset_id=before.dataset_id,
        street_id=before.street_id,
        house_number=normal(house_number),
        number=number,
        number_to=number,
        postcode=before.postcode,
        commune_id=before.commune_id,
        lat=before.lat + (after.lat - before.lat) * share,
        lon=before.lon + (after.lon - before.lon) * share,
    )


def _one_a_postcode(addresses: Sequence[Address]) -> list[Address]:
    return list({address.postcode: address for address in reversed(addresses)}.values())[::-1]
