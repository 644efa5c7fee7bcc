"""The statistical part of intent classification: TF-IDF of words and characters with a linear model, for all languages.

Small data favours a well regularised linear model over character n-grams, and such a model is honest about what it
does not know: see docs/components.md for what was measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from bot.components import storing

_NAME: Final = "intent"
#: Words, numbers (masked as 0), and the signs of masking.
_UNIT: Final = r"[a-z0-9]+|[①-⑳]"


class Weights(NamedTuple):
    """What words and characters count for; characters more, as they see through typing errors and endings."""

    words: float = 0.7
    characters: float = 1.0


class IntentModel:
    """Gives each intent its probability for a masked sentence."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._classes = [str(name) for name in pipeline.named_steps["linear"].classes_]

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
        words = TfidfVectorizer(token_pattern=_UNIT, ngram_range=(1, 2), sublinear_tf=True, lowercase=False)
        characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, lowercase=False)
        linear = LogisticRegression(
            C=regularisation, class_weight="balanced", solver="liblinear", multi_class="ovr", random_state=seed
        )
        union = FeatureUnion([("words", words), ("characters", characters)], transformer_weights=weights._asdict())
        return cls(Pipeline([("features", union), ("linear", linear)]).fit(list(texts), list(intents)))

    @property
    def intents(self) -> list[str]:
        """Return the names of the intents, in the order of the probabilities."""
        return self._classes

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """Return all intents with their probabilities, likeliest first."""
        probabilities = self._pipeline.predict_proba([text])[0]
        return [(self._classes[at], float(probabilities[at])) for at in np.argsort(-probabilities, kind="stable")]

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        storing.save(self._pipeline, folder, _NAME)

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Read a model that ``save`` wrote."""
        return cls(storing.load(folder, _NAME))
