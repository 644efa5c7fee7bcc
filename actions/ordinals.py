"""The choice whose number was typed."""

from __future__ import annotations

import re
from typing import Final

_ORDINAL: Final = re.compile(r"\s*(\d{1,2})\s*[.)]?\s*")


def ordinal(written: str, count: int) -> int | None:
    """Return the position, from 0, of the choice that a text names by its number; None where it names none."""
    match = _ORDINAL.fullmatch(written)
    return int(match[1]) - 1 if match and 0 < int(match[1]) <= count else None
