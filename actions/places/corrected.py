"""A house number that takes the place of the one before: "non, au 45", "sorry, I meant number 12, not 21"."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from kit.text import fold

_WORDS: Final = Path(__file__).with_name("corrected.yml")
_NUMBER: Final = r"(\d{1,4}(?: ?[a-zA-Z](?!\w))?)"


def corrected_number(written: str) -> str | None:
    """Return the number where a text is a number among a few words, of which only some may stand behind it."""
    found = re.fullmatch(rf"\D{{0,25}}?{_NUMBER}\W*(?:{_any('after')})?\W*", _without_the_wrong(written))
    return found[1] if found else None


def number_in(written: str) -> str | None:
    """Return the number where a text is one number among a few words."""
    found = re.fullmatch(rf"(?:\D{{0,25}}\s)?{_NUMBER}\D{{0,15}}", _without_the_wrong(written))
    return found[1] if found else None


def begins_a_correction(written: str) -> bool:
    """Tell whether a text begins as corrections do: "non", "ik bedoelde"."""
    text = f"{fold(written)} "
    return any(text.startswith(f"{each} ") for each in _words()["begins"])


def _without_the_wrong(written: str) -> str:
    """Return a text without the number that it says is not meant."""
    denied = (
        rf",?\s+(?:(?:{_any('joins')})\s+)?(?:{_any('denies')})\s+(?:(?:{_any('articles')})\s+)?\d{{1,4}}\D{{0,5}}$"
    )
    return re.sub(denied, "", written.strip(), flags=re.IGNORECASE)


def _any(label: str) -> str:
    return "|".join(re.escape(each) for each in _words()[label])


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return words
