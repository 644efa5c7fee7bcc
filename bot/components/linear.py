"""Linear models over terms: one logistic regression a class, against all others, learnt side by side by liblinear."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.components.terms import Reading

#: A tenth is as good as a ten-thousandth, and three times as fast.
_TOLERANCE: Final = 0.1


class Linear:
    """Gives each class its logit: the weights of a text's terms, added up."""

    def __init__(self, weights: np.ndarray, intercepts: np.ndarray) -> None:
        #: A row for each term, as a text's few rows are what is read.
        self._weights = weights
        self._intercepts = intercepts

    @classmethod
    def fit(
        cls,
        features: csr_matrix,
        labels: np.ndarray,
        classes: Sequence[str],
        *,
        weight: Mapping[str, float],
        regularisation: float,
        seed: int,
    ) -> Linear:
        """Return a model in which a class's own sentences count for ``weight`` and all others for 1.

        A class without a sentence of its own is never likely. liblinear frees Python's lock; its dual solver, which
        stops early, finds the same classes in a third of the time.
        """

        def learn(name: str) -> tuple[np.ndarray, float]:
            own = labels == name
            if not own.any():
                return np.zeros(features.shape[1]), -_never(features.shape[0])
            weighted = {True: weight[name], False: 1.0}
            options: dict[str, Any] = {"solver": "liblinear", "dual": True, "tol": _TOLERANCE, "random_state": seed}
            found = LogisticRegression(C=regularisation, class_weight=weighted, **options).fit(features, own)
            return found.coef_[0], float(found.intercept_[0])

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            learnt = list(pool.map(learn, classes))
        weights = np.ascontiguousarray(np.array([each for each, _ in learnt], dtype=np.float32).T)
        return cls(weights, np.array([each for _, each in learnt], dtype=np.float32))

    def logits(self, features: csr_matrix) -> np.ndarray:
        """Return the logits of many texts, a row each."""
        return np.asarray(features @ self._weights + self._intercepts)

    def read(self, reading: Reading) -> np.ndarray:
        """Return the logits of one text."""
        return np.asarray(reading.values @ self._weights[reading.columns] + self._intercepts)

    def save(self, folder: Path, name: str) -> None:
        """Write the weights into a folder."""
        np.savez(folder / f"{name}.weights.npz", weights=self._weights, intercepts=self._intercepts)

    @classmethod
    def load(cls, folder: Path, name: str) -> Linear:
        """Read weights that ``save`` wrote."""
        with np.load(folder / f"{name}.weights.npz", allow_pickle=False) as arrays:
            return cls(arrays["weights"], arrays["intercepts"])


def probability(logits: np.ndarray) -> np.ndarray:
    """Return the probabilities of logits."""
    return np.asarray(1.0 / (1.0 + np.exp(-logits)))


def _never(sentences: int) -> float:
    return float(np.log1p(sentences))
