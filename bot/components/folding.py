"""Folded text that remembers where each of its characters stood, so that what is found can be quoted as written."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from kit.text import fold_characters

_WORD: Final = re.compile(r"[a-z0-9]+")
_QUOTES: Final = str.maketrans(dict.fromkeys("’‘ʼ`´′", "'") | dict.fromkeys("‐‑–—", "-"))
#: Soft hyphens, zero-width characters, direction and variation marks, as copied from web pages: they part no word.
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")

#: Longer messages are understood by their beginning, so that no message can keep the assistant busy.
MAX_CHARACTERS: Final = 1000


class Word(NamedTuple):
    """A word of letters and digits in folded text, with its place there."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class FoldedText:
    """A sentence in lower case ASCII, punctuation kept, with the way back to the original."""

    original: str
    text: str
    origins: tuple[int, ...]
    words: tuple[Word, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original's span for a span of the folded text."""
        first = self.origins[start]
        last = self.origins[end - 1] + 1
        # Combining marks fold to nothing and belong to the letter before them.
        after = self.origins[end] if end < len(self.origins) else len(self.original)
        while last < after and not _fold_character(self.original[last]):
            last += 1
        return first, last

    def position(self, original: int) -> int:
        """Return the place in the folded text of a place in the original."""
        return bisect_left(self.origins, original)

    def quote(self, start: int, end: int) -> str:
        """Return the original's words for a span of the folded text."""
        first, last = self.span(start, end)
        return self.original[first:last]

    def capitalised(self, start: int) -> bool:
        """Tell whether the word that starts there was written with a capital."""
        return self.original[self.origins[start]].isupper()

    @cached_property
    def shouted(self) -> bool:
        """Tell whether most words have a capital, so that a capital says nothing."""
        return sum(self.capitalised(word.start) for word in self.words) * 2 > len(self.words)

    def proper(self, start: int) -> bool:
        """Tell whether the word that starts there has a capital in a sentence where that says something."""
        return self.capitalised(start) and not self.shouted


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    return fold_characters(visible(character).translate(_QUOTES))


def visible(text: str) -> str:
    """Return the text without its invisible characters."""
    return _INVISIBLE.sub("", text)


@lru_cache(maxsize=64)
def folded(text: str) -> FoldedText:
    """Return the folded form of a sentence, at most its first MAX_CHARACTERS; components ask for it in a row."""
    text = text[:MAX_CHARACTERS]
    parts: list[str] = []
    origins: list[int] = []
    for position, character in enumerate(text):
        for each in _fold_character(character):
            parts.append(each)
            origins.append(position)
    joined = "".join(parts)
    words = tuple(Word(match[0], match.start(), match.end()) for match in _WORD.finditer(joined))
    return FoldedText(text, joined, tuple(origins), words)
