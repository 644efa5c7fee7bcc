"""The words of a sentence with their places in it, as names are spelt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kit.text import fold
from services.city.places.spelling import canonical_word, phrase_at

#: Letters and digits of any script, with the accents that stand on their own in decomposed text.
_WORD: Final = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word: folded, as names are spelt (abbreviations written out), and where it stands."""

    plain: str
    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Return the words of a text that names could hold; phrases that are one word in names are one token."""
    found = [
        Token(plain, canonical_word(plain), *match.span())
        for match in _WORD.finditer(text)
        for plain in _folded(match[0])
    ]
    return list(_with_phrases(found))


def _folded(word: str) -> list[str]:
    return fold(word).split()


def _with_phrases(found: list[Token]) -> Iterator[Token]:
    at = 0
    while at < len(found):
        short, count = phrase_at([token.plain for token in found[at : at + 3]])
        if count:
            yield replace(found[at], plain=short, word=short, end=found[at + count - 1].end)
        else:
            yield found[at]
        at += count or 1
