"""Corrections of a misspelt word among many: candidates by shared trigrams, checked by edit distance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import numpy as np
from rapidfuzz.distance import OSA

MIN_LENGTH: Final = 4
_LONG: Final = 7
_MAX_CORRECTIONS: Final = 4


class TypoIndex:
    """A set of words to which misspelt ones can be corrected."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(word for word in set(words) if len(word) >= MIN_LENGTH and not word.isdigit())
        postings: defaultdict[str, list[int]] = defaultdict(list)
        for position, word in enumerate(self._words):
            for gram in _grams(word):
                postings[gram].append(position)
        self._postings = {gram: np.array(found, dtype=np.int32) for gram, found in postings.items()}

    def __len__(self) -> int:
        return len(self._words)

    def corrections(self, word: str) -> tuple[str, ...]:
        """Return the words at most one error away, two for long words, nearest first; never the word itself."""
        if len(word) < MIN_LENGTH or word.isdigit():
            return ()
        allowed = 2 if len(word) >= _LONG else 1
        found = []
        for candidate in self._candidates(word, allowed):
            distance = OSA.distance(word, candidate, score_cutoff=allowed)
            if 0 < distance <= allowed and _begins_alike(word, candidate, distance):
                found.append((distance, candidate))
        return tuple(candidate for _, candidate in sorted(found)[:_MAX_CORRECTIONS])

    def _candidates(self, word: str, allowed: int) -> list[str]:
        grams = _grams(word)
        postings = [self._postings[gram] for gram in grams if gram in self._postings]
        if not postings:
            return []
        counts = np.bincount(np.concatenate(postings), minlength=len(self._words))
        # One error breaks at most three trigrams of the padded word (four where two letters changed places).
        needed = max(1, len(grams) - 4 * allowed)
        return [self._words[position] for position in np.flatnonzero(counts >= needed)]


def _begins_alike(word: str, candidate: str, distance: int) -> bool:
    """Tell whether a correction keeps the first letter; the only error may be there ("Janssen" is no "assen")."""
    return candidate[0] == word[0] or (candidate[0] == word[1] and (distance == 1 or candidate[1] == word[0]))


def _grams(word: str) -> set[str]:
    padded = f"^{word}$"
    return {padded[position : position + 3] for position in range(len(padded) - 2)}
