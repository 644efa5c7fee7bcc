"""Whether the classifier's confidence can be taken at its word: of what it gives 70 %, 70 % should be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.measures import OUT_OF_SCOPE, Pair, Share

_BINS = 10
_STEPS = 50


@dataclass(frozen=True)
class Bin:
    """The sentences whose likeliest intent got a confidence between ``low`` and ``high``."""

    low: float
    high: float
    right: Share
    confidence: float
    """Their mean confidence, in per cent."""


@dataclass(frozen=True)
class TradeOff:
    """What is understood, rejected and harmed where nothing below ``threshold`` is answered, in per cent."""

    threshold: float
    intent: float
    out_of_scope: float
    harm: float


def reliability(pairs: Sequence[Pair], bins: int = _BINS) -> list[Bin]:
    """Sort the likeliest intents by their confidence into bins of equal width; empty bins are left out."""
    sorted_in: dict[int, list[tuple[float, bool]]] = {}
    for wanted, found in pairs:
        if found.ranking:
            name, confidence = found.ranking[0]
            sorted_in.setdefault(min(int(confidence * bins), bins - 1), []).append((confidence, name == wanted.intent))
    return [
        Bin(
            low=number / bins,
            high=(number + 1) / bins,
            right=Share(sum(right for _, right in cases), len(cases)),
            confidence=100 * sum(confidence for confidence, _ in cases) / len(cases),
        )
        for number, cases in sorted(sorted_in.items())
    ]


def expected_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error in points: the mean distance of confidence and truth, by sentences."""
    total = sum(each.right.of for each in bins)
    return sum(each.right.of * abs(each.confidence - each.right.percent) for each in bins) / total if total else 0.0


def trade_off(pairs: Sequence[Pair], steps: int = _STEPS) -> list[TradeOff]:
    """Return what one threshold on the likeliest intent's confidence would do, for thresholds from 0 to 1."""
    tops = [(wanted.intent, *(found.ranking[0] if found.ranking else (OUT_OF_SCOPE, 0.0))) for wanted, found in pairs]
    inside = sum(wanted != OUT_OF_SCOPE for wanted, _, _ in tops)
    outside = len(tops) - inside
    points = []
    for step in range(steps + 1):
        least = step / steps
        answered = [(w, name) for w, name, confidence in tops if confidence >= least and name != OUT_OF_SCOPE]
        right = sum(w == name for w, name in answered)
        foreign = sum(w == OUT_OF_SCOPE for w, _ in answered)
        points.append(
            TradeOff(
                threshold=least,
                intent=100 * right / inside if inside else 100.0,
                out_of_scope=100 * (outside - foreign) / outside if outside else 100.0,
                harm=100 * (len(answered) - right) / len(tops) if tops else 0.0,
            )
        )
    return points
