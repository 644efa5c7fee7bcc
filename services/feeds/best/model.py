"""What a line of the address file says."""

from __future__ import annotations

from dataclasses import dataclass


class UnusableFeedError(Exception):
    """Nothing can be imported from this file; the message is a sentence for people, with file and line where known."""


@dataclass(frozen=True, slots=True)
class AddressRow:
    """One address; boxes of one door are lines of their own.

    Names are empty where the file has none in that language; ``lat`` and ``lon`` are WGS 84.
    """

    line: int
    street_id: int
    street_fr: str
    street_nl: str
    street_de: str
    house_number: str
    box_number: str
    postcode: str
    municipality_id: str
    municipality_fr: str
    municipality_nl: str
    lat: float
    lon: float
    current: bool
