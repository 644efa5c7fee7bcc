"""One threshold on the confidence: how it is chosen on validation, and what it does on test."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.measures import OUT_OF_SCOPE, Share


@dataclass(frozen=True)
class Ranked:
    """A sentence's intent, the likeliest one in scope, and its confidence: below 0 where it was taken for none."""

    wanted: str
    found: str
    confidence: float

    @property
    def outside(self) -> bool:
        """Whether it is out of scope."""
        return self.wanted == OUT_OF_SCOPE


@dataclass(frozen=True)
class Outcome:
    """What a threshold does: right ones in scope, a rejection counted as wrong, and rejected ones out of scope."""

    threshold: float
    right: Share
    rejected: Share


def outcome(ranked: Sequence[Ranked], threshold: float) -> Outcome:
    """Return what becomes of sentences where nothing below a threshold is answered."""
    inside = [each for each in ranked if not each.outside]
    outside = [each for each in ranked if each.outside]
    right = sum(each.found == each.wanted and each.confidence >= threshold for each in inside)
    rejected = sum(each.confidence < threshold for each in outside)
    return Outcome(threshold, Share(right, len(inside)), Share(rejected, len(outside)))


def curve(ranked: Sequence[Ranked]) -> list[Outcome]:
    """Return the outcome of every threshold that makes a difference, the lowest first."""
    inside = sum(not each.outside for each in ranked)
    outside = len(ranked) - inside
    right = sorted(each.confidence for each in ranked if not each.outside and each.found == each.wanted)
    foreign = sorted(each.confidence for each in ranked if each.outside)
    return [
        Outcome(
            threshold=threshold,
            right=Share(len(right) - bisect_left(right, threshold), inside),
            rejected=Share(bisect_left(foreign, threshold), outside),
        )
        for threshold in sorted({max(0.0, each.confidence) for each in ranked} | {0.0})
    ]


def most_right(ranked: Sequence[Ranked]) -> float:
    """Return the threshold with the most right decisions in all, as the authors of CLINC150 chose theirs."""
    return max(curve(ranked), key=lambda each: each.right.held + each.rejected.held).threshold


def rejecting(ranked: Sequence[Ranked], least: float) -> float:
    """Return the lowest threshold that rejects ``least`` per cent of what is out of scope; else the highest."""
    outcomes = curve(ranked)
    enough = (each.threshold for each in outcomes if each.rejected.percent >= least)
    return next(enough, outcomes[-1].threshold)


def keeping(ranked: Sequence[Ranked], least: float) -> float:
    """Return the highest threshold at which ``least`` per cent in scope stay right; the lowest where none does."""
    outcomes = curve(ranked)
    enough = (each.threshold for each in reversed(outcomes) if each.right.percent >= least)
    return next(enough, outcomes[0].threshold)
