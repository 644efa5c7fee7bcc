"""House numbers as residents write them, and the ids of the houses that they name."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile(r"\D{0,25}?(\d{1,4}(?: ?[a-zA-Z](?!\w))?)\D{0,15}")


def house_number(written: str) -> str | None:
    """Return the house number in a text that gives little else ("au 12", "number 12 a"), or None."""
    match = _NUMBER.fullmatch(written)
    return spelt(match[1]) if match else None


def spelt(number: str) -> str:
    """Return a house number as ids have it: "12 a" is 12A."""
    return number.replace(" ", "").upper()


def house_id(street_id: str, number: str) -> str:
    """Return the id of a house in a street."""
    return f"address:{street_id.removeprefix('street:')}:{number}"
