"""A text in lines and pieces, as the channels draw it: a dash begins an item of a list, braces hold what is filled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_ITEM: Final = re.compile(r"[–-]\s+(.*)")
_GAP: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Piece:
    """Words, or the name of what is filled in."""

    text: str
    is_gap: bool = False


@dataclass(frozen=True)
class Line:
    """A line."""

    pieces: tuple[Piece, ...]
    is_item: bool


def lines(text: str) -> list[Line]:
    """Return a text's lines."""
    found = []
    for each in text.split("\n"):
        item = _ITEM.fullmatch(each)
        found.append(Line(_pieces(item[1] if item else each), item is not None))
    return found


def _pieces(words: str) -> tuple[Piece, ...]:
    parts = _GAP.split(words)
    return tuple(Piece(part, place % 2 == 1) for place, part in enumerate(parts) if part)
