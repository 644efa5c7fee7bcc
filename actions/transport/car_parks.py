"""The sentences about public car parks near a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from actions.answers import spoken
from actions.city.mobility_models import CarPark
from actions.labels import label
from actions.places.distances import away, map_url
from actions.speech import named
from kit.languages import Language
from kit.replies import Part, listing, text

#: Car parks that an answer lists.
MOST: Final = 3


def sentences(found: Sequence[CarPark], place: Part) -> list[Part]:
    """Return what there is to say: the nearest, and that nobody knows here how many places are free."""
    if not found:
        return [text("car_parks_none", place=place)]
    lines = listing([_line(each) for each in found[:MOST]])
    return [text("car_parks_near", place=place, lines=lines), text("car_parks_free_unknown")]


def card(found: Sequence[CarPark], language: Language | None) -> list[dict[str, Any]]:
    """Return them as a card of places; their size stands where another place has its address."""
    rows = [
        {
            "name": spoken(each.name, language),
            "address": label("car_park_card_places", language).format(count=each.capacity) if each.capacity else "",
            "distance_m": each.distance_m,
            "map": map_url(each.lat, each.lon),
        }
        for each in found[:MOST]
    ]
    return [{"type": "places", "title": label("car_parks_card", language), "rows": rows}] if rows else []


def _line(park: CarPark) -> Part:
    said = {"name": named(park.name), "away": away(park.distance_m or 0)}
    if park.capacity:
        return text("car_park_line_places", count=park.capacity, **said)
    return text("car_park_line", **said)
