"""Phrases that tell what the words around them are ("vers", "lijn", "n°"), of all languages together, as patterns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.importers import lookups
from kit.text import fold, fold_characters

_PLAIN: Final = re.compile(r"[a-z0-9 '\-]+")
#: Matches nothing, where no language has a phrase for a cue.
_NEVER: Final = r"(?!)"


class Cues:
    """The cues of all languages; a sentence may mix them."""

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        self._phrases = {name: list(found) for name, found in phrases.items()}

    @classmethod
    def from_training_data(cls, training_data: TrainingData) -> Cues:
        """Return the cues of the vocabulary files."""
        phrases: defaultdict[str, list[str]] = defaultdict(list)
        for (_, name), found in lookups.tables_of(training_data, lookups.CUES):
            phrases[name].extend(found)
        return cls(phrases)

    @property
    def phrases(self) -> dict[str, list[str]]:
        """Return the phrases by cue, to be stored."""
        return self._phrases

    def words(self, *names: str) -> frozenset[str]:
        """Return the folded single words among the cues' phrases."""
        found = (fold(phrase) for name in names for phrase in self._phrases.get(name, ()))
        return frozenset(word for word in found if word and " " not in word)

    def pattern(self, *names: str) -> str:
        """Return an alternation over the cues' phrases for folded text, longest first."""
        return alternation(phrase for name in names for phrase in self._phrases.get(name, ()))


def alternation(phrases: Iterable[str]) -> str:
    """Return a pattern that matches any of the phrases in folded text, whatever stands between their words."""
    parts = set()
    for phrase in phrases:
        plain = fold_characters(phrase)
        if _PLAIN.fullmatch(plain) and plain[0] not in "'-":
            parts.add(r"[^a-z0-9]+".join(map(re.escape, fold(phrase).split())))
        else:
            parts.add(re.escape(plain))
    return "(?:" + "|".join(sorted(parts, key=len, reverse=True)) + ")" if parts else _NEVER
