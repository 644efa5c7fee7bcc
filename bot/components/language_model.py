"""The statistical part of language identification: character and word n-grams, with word lists as prior knowledge.

Trained on the project's sentences, on short pieces of them (residents write "ok", "et demain") and on words that only
one of the languages has. A piece that several languages share is seen under each, so it gives none an advantage.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline

from bot.components import storing
from kit.languages import Language

_NAME: Final = "language"
_WORD: Final = r"[^\W\d_]+"
_PIECE_WORDS: Final = (1, 2, 3)


class LanguageModel:
    """Gives each language its probability for a text without names."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._languages = [str(name) for name in pipeline.named_steps["linear"].classes_]

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
        letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True, min_df=2)
        whole = TfidfVectorizer(token_pattern=_WORD, sublinear_tf=True, min_df=2)
        linear = LogisticRegression(
            C=10, class_weight="balanced", solver="liblinear", multi_class="ovr", random_state=seed
        )
        union = FeatureUnion([("letters", letters), ("words", whole)])
        pipeline = Pipeline([("features", union), ("linear", linear)])
        return cls(pipeline.fit([text for text, _ in examples], [language for _, language in examples]))

    def probabilities(self, text: str) -> dict[str, float]:
        """Return the probability of each language."""
        return dict(zip(self._languages, map(float, self._pipeline.predict_proba([text])[0]), strict=True))

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        storing.save(self._pipeline, folder, _NAME)

    @classmethod
    def load(cls, folder: Path) -> LanguageModel:
        """Read a model that ``save`` wrote."""
        return cls(storing.load(folder, _NAME))
