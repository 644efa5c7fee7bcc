"""The statistical part of intent classification: TF-IDF of words and characters with a linear model, for all languages.

Small data favours a well regularised linear model over character n-grams: see docs/components for what was measured.
How sure it is, it learns from sentences that were left out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from bot.components.confidence import Confidence
from bot.components.linear import Linear
from bot.components.terms import Counted, Kind, Terms

_NAME: Final = "intent"
#: The intent of what the assistant has no answer to.
OUT_OF_SCOPE: Final = "out_of_scope"
#: Words, numbers (masked as 0), and the signs of masking.
_UNIT: Final = r"[a-z0-9]+|[①-⑳]"
_TWO: Final = 2
#: What an intent's own sentences count for against all others together; those of rare intents more, of frequent less.
_OWN: Final = 4.0
#: One sentence in so many is left out to learn how sure the model may be; too few of them teach nothing of that.
_ONE_IN: Final = 4
_ENOUGH: Final = 300


class Weights(NamedTuple):
    """What words and characters count for; characters more, as they see through typing errors and endings."""

    words: float = 0.7
    characters: float = 1.0


class IntentModel:
    """Gives each intent its probability for a masked sentence."""

    def __init__(self, intents: Sequence[str], terms: Terms, linear: Linear, confidence: Confidence) -> None:
        self._intents = list(intents)
        self._rejecting = _rejecting(self._intents)
        self._terms = terms
        self._linear = linear
        self._confidence = confidence

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        intents: Sequence[str],
        *,
        regularisation: float,
        seed: int,
        weights: Weights = Weights(),  # noqa: B008 - a constant
    ) -> IntentModel:
        """Return a model of the sentences; needs at least two intents, else raises ValueError."""
        names, labels = sorted(set(intents)), np.array(intents)
        if len(names) < _TWO:
            raise ValueError("a model needs at least two intents")
        counted = Counted(list(texts), _kinds(weights))
        own = _own_weights(labels)

        def learn(rows: np.ndarray) -> tuple[list[Any], Linear]:
            scales = counted.scales(rows)
            features = counted.features(scales, rows)
            model = Linear.fit(features, labels[rows], names, weight=own, regularisation=regularisation, seed=seed)
            return scales, model

        every = np.arange(len(labels))
        confidence = Confidence()
        if len(labels) >= _ENOUGH:
            apart = _apart(labels)
            scales, model = learn(np.setdiff1d(every, apart))
            logits, unseen = model.logits(counted.features(scales, apart)), counted.unseen(scales, apart)
            confidence = Confidence.fit(logits, unseen, np.searchsorted(names, labels[apart]), _rejecting(names))
        scales, linear = learn(every)
        return cls(names, counted.terms(scales), linear, confidence)

    @property
    def intents(self) -> list[str]:
        """Return the names of the intents, in the order of the probabilities."""
        return self._intents

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """Return all intents with their probabilities, likeliest first."""
        reading = self._terms.read(text)
        likely = self._confidence.of(self._linear.read(reading), reading.unseen, self._rejecting)
        return [(self._intents[at], float(likely[at])) for at in np.argsort(-likely, kind="stable")]

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        self._terms.save(folder, _NAME)
        self._linear.save(folder, _NAME)
        content = {"intents": self._intents, "confidence": self._confidence.as_json()}
        (folder / f"{_NAME}.classes.json").write_text(json.dumps(content), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Read a model that ``save`` wrote."""
        content = json.loads((folder / f"{_NAME}.classes.json").read_text(encoding="utf-8"))
        confidence = Confidence.from_json(content["confidence"])
        return cls(content["intents"], Terms.load(folder, _NAME), Linear.load(folder, _NAME), confidence)


def _kinds(weights: Weights) -> list[Kind]:
    """Return what counts for something."""
    words = Kind("word", 1, 2, weights.words, _UNIT)
    characters = Kind("char_wb", 2, 5, weights.characters)
    return [kind for kind in (words, characters) if kind.weight]


def _rejecting(names: Sequence[str]) -> int | None:
    return names.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in names else None


def _own_weights(labels: np.ndarray) -> dict[str, float]:
    names, counts = np.unique(labels, return_counts=True)
    return {
        str(name): _OWN * float(np.sqrt(len(labels) / (len(names) * count)))
        for name, count in zip(names, counts, strict=True)
    }


def _apart(labels: np.ndarray) -> np.ndarray:
    """Return the sentences that are left out: of each intent's, one in so many."""
    own = (np.flatnonzero(labels == name) for name in np.unique(labels))
    return np.sort(np.concatenate([each[_ONE_IN - 1 :: _ONE_IN] for each in own]))
