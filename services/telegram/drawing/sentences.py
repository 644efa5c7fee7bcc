"""Cuts long text into pieces that can be sent: at the end of a sentence, else between words, else anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])\s+")
_SPACE: Final = re.compile(r"\s+")


def units(text: str) -> int:
    """Return the length in UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def pieces(text: str, most: int) -> Iterator[str]:
    """Give the text in order, in pieces of so many units at most; put together, they are the text."""
    while units(text) > most:
        cut = _cut(text, most)
        yield text[:cut]
        text = text[cut:]
    if text:
        yield text


def _cut(text: str, most: int) -> int:
    """Return where to cut: after the last sentence, or the last word, that fits. Never inside a character."""
    fits = text.encode("utf-16-le")[: most * 2].decode("utf-16-le", "ignore")
    for pattern in (_SENTENCE_END, _SPACE):
        ends = [match.end() for match in pattern.finditer(fits)]
        if ends:
            return ends[-1]
    return len(fits)
