"""Finds procedures by what people call them, in any of the three languages.

A name's words weigh by how few procedures they occur in: "permis" alone says little, "terrasse" says it all. Words
match by their likeness, so that a slip of the finger or a plural does no harm.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

import yaml
from rapidfuzz import fuzz

from kit.text import fold

Match = Literal["exact", "words", "fuzzy"]

#: Words this alike (0 to 100) are taken for the same; shorter ones have to be the same.
_ALIKE: Final = 84.0
_SHORT: Final = 4
#: A word that begins or ends another counts this much, as "terras" in "horecaterras"; a shorter one does not.
_COMPOUND: Final = 0.8
_COMPOUND_PART: Final = 5
#: Least score of an answer, and its least share of the best one's.
_LEAST: Final = 47.0
_NEAR_BEST: Final = 0.8
#: Longer texts are not names: only this many words are read.
_MOST_WORDS: Final = 40


@dataclass(frozen=True)
class Found:
    """A procedure that fits, and how well (0 to 100)."""

    id: str
    score: float
    match: Match


class NameIndex:
    """The names and aliases of all procedures, ready to be searched."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._names = {key: list(dict.fromkeys(filter(None, map(fold, each)))) for key, each in names.items()}
        words = {key: {word for name in each for word in name.split()} for key, each in self._names.items()}
        self._spread = Counter(word for each in words.values() for word in each)

    def search(self, query: str) -> list[Found]:
        """Return the procedures that a text names, best first; those whose very name it is, and no others, if any."""
        folded = fold(query)
        exact = [Found(key, 100.0, "exact") for key, names in self._names.items() if folded in names]
        if exact or not folded:
            return exact
        words = [word for word in folded.split()[:_MOST_WORDS] if self._weight(word)]
        hits = self._hits(words)
        scored = [
            (key, max((self._score(words, name.split(), hits) for name in names), default=0.0))
            for key, names in self._names.items()
        ]
        best = max((score for _, score in scored), default=0.0)
        found = [(key, score) for key, score in scored if score >= max(_LEAST, best * _NEAR_BEST)]
        return [
            Found(key, round(score, 1), "words" if score >= 99 else "fuzzy")
            for key, score in sorted(found, key=lambda each: -each[1])
        ]

    def alike(self, text: str, most: int) -> list[str]:
        """Return the procedures with the names most like a text, however little."""
        folded = fold(text)
        scores = {
            key: max((fuzz.WRatio(folded, name) for name in (fold(key), *names)), default=0.0)
            for key, names in self._names.items()
        }
        return sorted(scores, key=lambda key: -scores[key])[:most]

    def _hits(self, query: Sequence[str]) -> dict[str, list[float]]:
        """Return the names' words that are like some word of the query: how much like each of them."""
        likenesses = ((word, [_likeness(word, other) for other in query]) for word in self._spread)
        return {word: each for word, each in likenesses if any(each)}

    def _score(self, query: Sequence[str], name: Sequence[str], hits: Mapping[str, Sequence[float]]) -> float:
        """Return how much of the name is in the query, or of the query in the name, and a little of the lesser."""
        found = [(self._weight(word), hits[word]) for word in name if word in hits]
        if not any(weight for weight, _ in found):
            return 0.0
        matched = sum(weight * max(each) for weight, each in found)
        used = sum(self._weight(word) for at, word in enumerate(query) if any(each[at] for _, each in found))
        of_name = matched / sum(map(self._weight, name))
        of_query = used / sum(map(self._weight, query))
        return 100 * (0.75 * max(of_name, of_query) + 0.25 * min(of_name, of_query))

    def _weight(self, word: str) -> float:
        """Return what a word tells: one that is in every procedure's names tells next to nothing."""
        if len(word) < 3 or word in _empty_words():
            return 0.0
        return math.log((1 + len(self._names)) / (self._spread[word] or 1))


def _likeness(word: str, other: str) -> float:
    """Return 0 to 1: words are alike by their letters, or where one begins the other, as in Dutch compounds."""
    if word == other:
        return 1.0
    if min(len(word), len(other)) < _SHORT:
        return 0.0
    score = fuzz.ratio(word, other)
    if score >= _ALIKE:
        return score / 100
    part, whole = sorted((word, other), key=len)
    is_part = len(part) >= _COMPOUND_PART and (whole.startswith(part) or whole.endswith(part))
    return _COMPOUND if is_part else 0.0


@cache
def _empty_words() -> frozenset[str]:
    """Return the words that name nothing, from ``words.yml``."""
    words: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8"))
    return frozenset(fold(word) for each in words.values() for word in each)
