"""How likely it is that an intent is right, learnt from sentences that the model had not seen.

A model's own probabilities say little about new sentences: it was regularised, its classes were balanced, and it knows
nothing of the other classes' logits. An intent is as likely as four things make it: its logit, the one of its strongest
rival, the one of being out of scope, and how much of the sentence the model has never seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.components.linear import probability

#: An intent's likeliest two candidates teach what a likely and an unlikely one look like.
_CANDIDATES: Final = 2
#: Out of scope counts for at least this share, as what residents write holds more of it than any training set.
_LEAST_OUTSIDE: Final = 0.1
_FREE: Final = 100.0
_NOWHERE: Final = -1e9

Weights = tuple[float, ...]


@dataclass(frozen=True)
class Confidence:
    """Weights of the four signs, and an intercept: ``inside`` for intents, ``outside`` for being out of scope."""

    inside: Weights = (1.0, 0.0, 0.0, 0.0, 0.0)
    outside: Weights = (1.0, 0.0, 0.0, 0.0)

    @classmethod
    def fit(cls, logits: np.ndarray, unseen: np.ndarray, labels: np.ndarray, rejecting: int | None) -> Confidence:
        """Learn from sentences' logits, a row each, and the columns of their right intents.

        ``rejecting`` is the column of being out of scope. Where the sentences teach nonsense, the logits are kept.
        """
        rows = np.arange(len(logits))
        inside = _without(logits, rejecting)
        ranked = np.argsort(-inside, axis=1, kind="stable")[:, :_CANDIDATES]
        first, second = inside[rows, ranked[:, 0]], inside[rows, ranked[:, 1]]
        reject = logits[:, rejecting] if rejecting is not None else np.zeros(len(logits))
        outside = labels == rejecting
        weight = np.where(outside, _weight(int(outside.sum()), len(labels)), 1.0)
        signs = np.vstack([_signs(first, second, reject, unseen), _signs(second, first, reject, unseen)])
        right = np.concatenate([ranked[:, 0] == labels, ranked[:, 1] == labels])
        own = _learn(signs, right, np.concatenate([weight, weight]), cls.inside)
        if not outside.any():
            return cls(own)
        return cls(own, _learn(np.column_stack([reject, first, unseen]), outside, weight, cls.outside))

    def of(self, logits: np.ndarray, unseen: float, rejecting: int | None) -> np.ndarray:
        """Return the probability of each class of one sentence."""
        inside = _without(logits, rejecting)
        best = int(inside.argmax())
        first = inside[best]
        rivals = np.full(len(logits), first)
        rivals[best] = np.delete(inside, best).max(initial=_NOWHERE) if len(logits) > 1 else _NOWHERE
        reject = logits[rejecting] if rejecting is not None else 0.0
        own, rival, none, strange, constant = self.inside
        # A rival that is nowhere leaves an intent as it is.
        scored = own * logits + rival * np.maximum(rivals, logits.min()) + none * reject + strange * unseen + constant
        if rejecting is not None:
            own, rival, strange, constant = self.outside
            scored[rejecting] = own * reject + rival * first + strange * unseen + constant
        return probability(scored)

    def as_json(self) -> dict[str, Any]:
        """Return the weights in a form that JSON keeps."""
        return {"inside": list(self.inside), "outside": list(self.outside)}

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Confidence:
        """Return what ``as_json`` gave."""
        return cls(tuple(content["inside"]), tuple(content["outside"]))


def _without(logits: np.ndarray, rejecting: int | None) -> np.ndarray:
    inside = np.array(logits, dtype=float)
    if rejecting is not None:
        inside[..., rejecting] = _NOWHERE
    return inside


def _signs(own: np.ndarray, rival: np.ndarray, reject: np.ndarray, unseen: np.ndarray) -> np.ndarray:
    return np.column_stack([own, rival, reject, unseen])


def _weight(outside: int, every: int) -> float:
    """Return what a sentence out of scope counts for, so that all of them have their least share."""
    return max(1.0, _LEAST_OUTSIDE * (every - outside) / ((1 - _LEAST_OUTSIDE) * max(outside, 1)))


def _learn(signs: np.ndarray, right: np.ndarray, weight: np.ndarray, otherwise: Sequence[float]) -> Weights:
    if right.all() or not right.any():
        return tuple(otherwise)
    found = LogisticRegression(C=_FREE, max_iter=1000).fit(signs, right, sample_weight=weight)
    weights = tuple(map(float, (*found.coef_[0], found.intercept_[0])))
    # The likelier must stay the likelier, whatever a few sentences seem to say.
    return weights if weights[0] > max(weights[1], 0.0) else tuple(otherwise)
