"""Names of stations in the Region's two languages, from the ways in which GBFS has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

_NUMBER: Final = re.compile(r"^\s*\d{1,4}\s*[-–:]\s*")
_BOTH: Final = re.compile(r"\s*/\s*")
_MOST: Final = 200


def names_of(value: Any, other: Any = None) -> tuple[str, str]:
    """Return the French and the Dutch name; ``other`` is the name in the Dutch file, where there is one.

    ``value`` is a text (``"122 - GARE / STATION"``) or a list of ``{text, language}``. Raises ValueError for no name.
    """
    if isinstance(value, list):
        texts = {str(each["language"]).lower()[:2]: _plain(each["text"]) for each in value if isinstance(each, Mapping)}
        texts = {language: text for language, text in texts.items() if text}
        first = next(iter(texts.values()), "")
        if "fr" in texts or "nl" in texts:
            return texts.get("fr") or texts.get("nl", first), texts.get("nl") or texts.get("fr", first)
        return _split(first)
    fr, nl = _split(_plain(value))
    return (fr, _split(_plain(other))[1]) if isinstance(other, str) and other.strip() else (fr, nl)


def _plain(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("the name is not a text")
    return _NUMBER.sub("", " ".join(value.replace("\0", " ").split()))[:_MOST]


def _split(text: str) -> tuple[str, str]:
    """Return both halves of a name that has both languages in one."""
    if not text:
        raise ValueError("no name")
    halves = [half for half in _BOTH.split(text) if half]
    return (halves[0], halves[1]) if len(halves) == 2 else (text, text)
