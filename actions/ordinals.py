"""The choice whose number was typed, or whose place in the list was said ("the first one")."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from kit.text import fold

_ORDINAL: Final = re.compile(r"\s*(\d{1,2})\s*[.)]?\s*")
_WORDS: Final = Path(__file__).with_suffix(".yml")
_LAST: Final = -1


def ordinal(written: str, count: int) -> int | None:
    """Return the position, from 0, of the choice that a text names by its place; None where it names none."""
    match = _ORDINAL.fullmatch(written)
    if match:
        return int(match[1]) - 1 if 0 < int(match[1]) <= count else None
    words, around = _places()
    said = fold(written)
    for each in around:
        said = said.removesuffix(f" {each}").removeprefix(f"{each} ")
    place = words.get(said)
    if place == _LAST:
        return count - 1 if count else None
    return place if place is not None and place < count else None


@cache
def _places() -> tuple[dict[str, int], tuple[str, ...]]:
    read: dict[str, Any] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    words = {each: at for at, said in enumerate(read["places"]) for each in said}
    return {**words, **dict.fromkeys(read["last"], _LAST)}, tuple(read["around"])
