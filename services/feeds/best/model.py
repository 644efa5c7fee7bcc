"""What a line of the address file says."""

from __future__ import annotations

from typing import NamedTuple


class UnusableFeedError(Exception):
    """Nothing can be imported from this file; the message is a sentence for people, with file and line where known."""


class AddressRow(NamedTuple):
    """One address; boxes of one door are lines of their own.

    Names are empty where the file has none in that language; ``lat`` and ``lon`` are WGS 84.
    """

    line: int
    street_id: int
    street_fr: str
    street_nl: str
    street_de: str
    postcode: str
    municipality_id: str
    municipality_fr: str
    municipality_nl: str
    house_number: str
    box_number: str
    lat: float
    lon: float
    current: bool
