"""How hard a text is to read: LIX (Björnsson 1968), which counts the same way in every language.

``LIX = words / sentences + 100 · words of more than six letters / words``. A placeholder counts as one short word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

_GAP: Final = re.compile(r"\{[^{}]*\}")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_SENTENCE: Final = re.compile(r"[.!?:]+(?=\s|$)|\n+")
#: Letters of a word that is not long yet.
_LONG: Final = 6
#: More words than this in a sentence are too many for B1.
_MOST_WORDS: Final = 20

Level = Literal["easy", "middling", "hard"]


@dataclass(frozen=True)
class Ease:
    """How hard a text is to read."""

    score: int
    level: Level
    words: int
    longest_sentence: int
    long_words: tuple[str, ...]

    @property
    def is_long(self) -> bool:
        """Whether a sentence of it has too many words."""
        return self.longest_sentence > _MOST_WORDS


def ease(text: str) -> Ease | None:
    """Return how hard a text is to read; None where it has no words of its own."""
    filled = _GAP.sub("x", text)
    sentences = [found for part in _SENTENCE.split(filled) if (found := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words or all(word == "x" for word in words):
        return None
    long_words = [word for word in words if len(word.rsplit("’", 1)[-1].rsplit("'", 1)[-1]) > _LONG]
    score = round(len(words) / len(sentences) + 100 * len(long_words) / len(words))
    level: Level = "easy" if score < 40 else "middling" if score < 50 else "hard"
    return Ease(score, level, len(words), max(map(len, sentences)), tuple(dict.fromkeys(long_words)))
