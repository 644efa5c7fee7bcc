"""Confusions weighted by the harm that they do (``evaluation/costs.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.measures import REJECTED, Pair, confusions

_FILE = Path(__file__).resolve().parent / "costs.toml"


@dataclass(frozen=True)
class Confusion:
    """An intent that was taken for another: how often, and what all of it costs."""

    wanted: str
    found: str
    times: int
    cost: float


class Costs:
    """What it costs to take one intent for another."""

    def __init__(self, file: Path = _FILE) -> None:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        self.meant: dict[str, float] = content["meant"]
        self.understood: dict[str, float] = content["understood"]
        self.rejected: float = content["rejected"]["part"]
        self.facts: float = content["changed"]["facts"]
        self.language: float = content["changed"]["language"]

    def of(self, wanted: str, found: str) -> float:
        """Return the cost of one confusion; an answer to another question is 1."""
        if wanted == found or {wanted, found} <= REJECTED:
            return 0.0
        if found in REJECTED:
            return self.rejected * self.meant.get(wanted, 1.0)
        return max(self.meant.get(wanted, 1.0), self.understood.get(found, 1.0))

    def confusions(self, pairs: Sequence[Pair]) -> list[Confusion]:
        """Return every confusion, the dearest first."""
        counted = confusions(pairs).items()
        all_of_them = [Confusion(*names, times=times, cost=times * self.of(*names)) for names, times in counted]
        return sorted(all_of_them, key=lambda each: (-each.cost, -each.times, each.wanted, each.found))

    def per_hundred(self, pairs: Sequence[Pair]) -> float:
        """Return what a hundred sentences cost."""
        total = sum(self.of(wanted.intent, found.intent) for wanted, found in pairs)
        return 100 * total / len(pairs) if pairs else 0.0
