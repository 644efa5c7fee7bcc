"""Sentences that are the same or nearly the same, whatever their intent."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from kit.languages import Language
from kit.text import fold
from services.studio.editing.library import Placed, Snapshot
from services.studio.editing.markup import plain

#: Sentences this alike (0 to 100, by letters that have to be changed) are nearly the same.
NEAR: Final = 88.0
_LEAST_LETTERS: Final = 4


@dataclass(frozen=True)
class Near:
    """A sentence like the one that was given."""

    placed: Placed
    #: 0 to 100; 100 is the same apart from accents, capitals and marks.
    score: float


class Alike:
    """Finds sentences that are alike in a snapshot's data."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folded: dict[Language, tuple[Sequence[Placed], list[str]]] = {}

    def find(self, snapshot: Snapshot, language: Language, text: str, *, most: int = 5) -> list[Near]:
        """Return those that are nearly the same as a text, nearest first."""
        wanted = fold(plain(text))
        if len(wanted) < _LEAST_LETTERS:
            return [Near(each, 100.0) for each in snapshot.sentences[language] if each.text == text][:most]
        placed, folded = self._of(snapshot, language)
        found = process.extract(wanted, folded, scorer=fuzz.ratio, score_cutoff=NEAR, limit=most)
        return [Near(placed[place], score) for _, score, place in found]

    def _of(self, snapshot: Snapshot, language: Language) -> tuple[Sequence[Placed], list[str]]:
        placed = snapshot.sentences[language]
        with self._lock:
            known = self._folded.get(language)
            if known is None or known[0] is not placed:
                known = self._folded[language] = (placed, [fold(plain(each.text)) for each in placed])
            return known
