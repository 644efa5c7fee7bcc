"""The statistical part of language identification: character and word n-grams, with word lists as prior knowledge.

Trained on the project's sentences, on short pieces of them (residents write "ok", "et demain") and on words that only
one of the languages has. A piece that several languages share is seen under each, so it gives none an advantage.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from bot.components.linear import Linear, probability
from bot.components.terms import Counted, Kind, Terms
from kit.languages import Language

_NAME: Final = "language"
_KINDS: Final = (
    Kind("char_wb", 1, 4, lowercase=True),
    Kind("word", 1, 1, pattern=r"[^\W\d_]+", lowercase=True),
)
_PIECE_WORDS: Final = (1, 2, 3)
_REGULARISATION: Final = 10.0


class LanguageModel:
    """Gives each language its probability for a text without names."""

    def __init__(self, languages: Sequence[str], terms: Terms, linear: Linear) -> None:
        self._languages = list(languages)
        self._terms = terms
        self._linear = linear

    @classmethod
    def fit(
        cls, texts: Sequence[tuple[str, Language]], words: Iterable[tuple[str, Language]], *, seed: int
    ) -> LanguageModel:
        """Return a model of sentences and of single words, each with its language."""
        chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
        examples: list[tuple[str, Language]] = [*words, *texts]
        for text, language in texts:
            pieces = text.split()
            for length in _PIECE_WORDS:
                if len(pieces) > length:
                    start = chance.randrange(len(pieces) - length + 1)
                    examples.append((" ".join(pieces[start : start + length]), language))
        counted = Counted([text for text, _ in examples], _KINDS)
        labels, rows = np.array([language for _, language in examples]), np.arange(len(examples))
        languages, counts = np.unique(labels, return_counts=True)
        balanced = {
            str(each): len(rows) / (len(languages) * count) for each, count in zip(languages, counts, strict=True)
        }
        scales = counted.scales(rows)
        linear = Linear.fit(
            counted.features(scales, rows),
            labels,
            list(balanced),
            weight=balanced,
            regularisation=_REGULARISATION,
            seed=seed,
        )
        return cls(list(balanced), counted.terms(scales), linear)

    def probabilities(self, text: str) -> dict[str, float]:
        """Return the probability of each language."""
        likely = probability(self._linear.read(self._terms.read(text)))
        return dict(zip(self._languages, map(float, likely / likely.sum()), strict=True))

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        self._terms.save(folder, _NAME)
        self._linear.save(folder, _NAME)
        (folder / f"{_NAME}.classes.json").write_text(json.dumps(self._languages), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LanguageModel:
        """Read a model that ``save`` wrote."""
        languages = json.loads((folder / f"{_NAME}.classes.json").read_text(encoding="utf-8"))
        return cls(languages, Terms.load(folder, _NAME), Linear.load(folder, _NAME))
