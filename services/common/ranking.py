"""Ranks documents by the words of a query; accents, typing errors and words that are begun are forgiven.

Each word of the query counts by how few documents have it, and finds the words most like it. What is in a title counts
more than what is in a text: the weights are the documents' own.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from rapidfuzz import fuzz, process

from kit.text import fold

#: Words this alike (0 to 100) may be one and the same with a slip of the finger; shorter ones have to be the same.
_ALIKE: Final = 80.0
_SHORT: Final = 4
#: What a word counts that only begins with the one that was typed, or where one ends the other ("horecaterras").
_BEGUN: Final = 0.9
_ENDED: Final = 0.8
_BEGUN_PART: Final = 3
_ENDED_PART: Final = 5
#: Least score (0 to 1) of an answer, and its least share of the best one's.
_LEAST: Final = 0.3
_NEAR_BEST: Final = 0.5
#: Only this many words of a query are read.
_MOST_WORDS: Final = 24

#: A part of a document and how much its words count (0 to 1).
Part = tuple[float, str]


@dataclass(frozen=True)
class Ranked:
    """A document that fits, and how well (0 to 100)."""

    id: str
    score: float


class Ranking:
    """Documents ready to be searched."""

    def __init__(self, documents: Mapping[str, Iterable[Part]]) -> None:
        self._count = len(documents)
        self._order = {name: place for place, name in enumerate(documents)}
        #: By word, how much it counts in each document that has it.
        self._words: dict[str, dict[str, float]] = defaultdict(dict)
        for name, parts in documents.items():
            for weight, text in parts:
                for word in fold(text).split():
                    held = self._words[word]
                    held[name] = max(weight, held.get(name, 0.0))
        self._ordered = sorted(self._words)
        self._backwards = sorted(word[::-1] for word in self._words)
        self._long = [word for word in self._words if len(word) >= _SHORT and not word.isdigit()]

    def search(self, query: str, within: Container[str] | None = None) -> list[Ranked]:
        """Return the documents that fit, best first; in the documents' order where they fit alike.

        ``within``: only these are wanted.
        """
        words = list(dict.fromkeys(fold(query).split()))[:_MOST_WORDS]
        wanted = 0.0
        scores: dict[str, float] = defaultdict(float)
        for word in words:
            found = self._alike(word)
            told = self._tells(found)
            wanted += told
            for name, weight in self._best(found).items():
                if within is None or name in within:
                    scores[name] += told * weight
        best = max(scores.values(), default=0.0)
        if not best:
            return []
        least = max(_LEAST * wanted, _NEAR_BEST * best)
        fitting = [Ranked(name, round(100 * score / wanted, 1)) for name, score in scores.items() if score >= least]
        return sorted(fitting, key=lambda each: (-each.score, self._order[each.id]))

    def _alike(self, word: str) -> dict[str, float]:
        """Return the known words that may be meant, and how alike they are (0 to 1)."""
        found = {word: 1.0} if word in self._words else {}
        if word.isdigit():
            return found
        found = {**self._parts(word), **found}
        if len(word) >= _SHORT:
            for other, score, _ in process.extract(
                word, self._long, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None
            ):
                found[other] = max(score / 100, found.get(other, 0.0))
        return found

    def _parts(self, word: str) -> dict[str, float]:
        """Return the words that begin with a word, and those of which one ends the other."""
        found: dict[str, float] = {}
        if len(word) >= _ENDED_PART:
            backwards = _beginning_with(word[::-1], self._backwards)
            ends = (word[start:] for start in range(1, len(word) - _ENDED_PART + 1))
            found.update(dict.fromkeys((each[::-1] for each in backwards), _ENDED))
            found.update(dict.fromkeys((each for each in ends if each in self._words), _ENDED))
        if len(word) >= _BEGUN_PART:
            found.update(dict.fromkeys(_beginning_with(word, self._ordered), _BEGUN))
        return found

    def _tells(self, found: Mapping[str, float]) -> float:
        """Return what a word tells: one that no document has tells most, one that all have next to nothing."""
        holders = len(self._words[max(found, key=lambda each: found[each])]) if found else 0
        return math.log((1 + self._count) / (1 + holders)) + 0.1

    def _best(self, found: Mapping[str, float]) -> dict[str, float]:
        best: dict[str, float] = {}
        for other, likeness in found.items():
            for name, weight in self._words[other].items():
                best[name] = max(likeness * weight, best.get(name, 0.0))
        return best


def _beginning_with(part: str, ordered: Sequence[str]) -> Iterator[str]:
    """Yield the words of an ordered list that begin with a part, which may be the whole word."""
    for word in islice(ordered, bisect_left(ordered, part), None):
        if not word.startswith(part):
            return
        yield word
