"""Finds the texts most similar to one among many thousands, in well under a millisecond.

Comparing letter by letter is left for those whose letters could fit at all: the letters that one text has more often
than another bound the edits between them from below, whatever their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

_LETTERS: Final = {character: at for at, character in enumerate("abcdefghijklmnopqrstuvwxyz0123456789")}
#: Compared letter by letter at most, those whose letters fit best first: what bounds the work for any text.
_MOST_COMPARED: Final = 600


class Alike:
    """Texts of a-z and 0-9, to be searched by similarity (edits, swapped neighbours counting as one, by length)."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = list(texts)
        counts = np.array([_counts(text) for text in self._texts], dtype=np.int8).reshape(-1, len(_LETTERS))
        # A row a letter, so that sums over letters run along the memory.
        self._counts = np.ascontiguousarray(counts.T)
        self._lengths = np.array([len(text) for text in self._texts], dtype=np.int16)

    def most_similar(self, asked: str, *, least: float, most: int) -> list[tuple[str, float]]:
        """Return at most ``most`` texts with their similarity, from 1 (equal) down to ``least``, best first."""
        if not self._texts or not asked:
            return []
        length = len(asked)
        wanted = np.array(_counts(asked), dtype=np.int8)[:, np.newaxis]
        apart = np.abs(self._counts - wanted).sum(axis=0, dtype=np.int16)
        edits = (apart + np.abs(self._lengths - length)) / 2
        bound = 1.0 - edits / np.maximum(self._lengths, length)
        fitting = np.flatnonzero(bound >= least)
        if len(fitting) > _MOST_COMPARED:
            fitting = fitting[np.argpartition(-bound[fitting], _MOST_COMPARED)[:_MOST_COMPARED]]
        choices = [self._texts[at] for at in _ascending(fitting)]
        found = process.extract(asked, choices, scorer=OSA.normalized_similarity, score_cutoff=least, limit=most)
        return [(text, score) for text, score, _ in found]


def _ascending(numbers: NDArray[np.intp]) -> list[int]:
    ordered: list[int] = np.sort(numbers).tolist()
    return ordered


def _counts(text: str) -> list[int]:
    counts = [0] * len(_LETTERS)
    for character in text:
        at = _LETTERS[character]
        counts[at] = min(counts[at] + 1, 100)
    return counts
