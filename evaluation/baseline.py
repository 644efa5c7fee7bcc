"""A saved run to compare with: the outcome of every case, so that a difference can be told from chance.

A sentence is known by a digest of its language and text; the file holds no sentence. Outcomes are 1 (held) or 0, in
the order of the digests.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.heldout import Sentence
from evaluation.measures import HARM, Case
from evaluation.statistics import mcnemar
from kit.languages import LANGUAGES

FILE = Path(__file__).resolve().parent / "baseline.json"
_DIGEST_LENGTH = 12
ALL = "all"

#: Of each measure, whether it held, by case.
Outcomes = dict[str, dict[str, bool]]


@dataclass(frozen=True)
class Difference:
    """How a measure changed on the cases that both runs have: points, and the probability of it by chance."""

    measure: str
    language: str
    """A language, or ``all``."""
    shared: int
    before: float
    after: float
    chance: float

    @property
    def points(self) -> float:
        """The change in points."""
        return self.after - self.before

    @property
    def better(self) -> bool:
        """Whether the change, whatever its size, is to the good."""
        return (self.points < 0) if self.measure == HARM else (self.points > 0)

    def significant(self, level: float = 0.05) -> bool:
        """Tell whether chance alone would do this less often than ``level``."""
        return self.chance < level


def key(case: Case) -> str:
    """Return what a case is known by."""
    return _digest(case.sentence) + (f":{case.fact}" if case.fact else "")


def save(cases: Mapping[str, Sequence[Case]], model: str, file: Path = FILE) -> None:
    """Write a run's outcomes; ``model`` says which it was."""
    measures = {}
    for name, own in cases.items():
        outcomes = {key(case): case.held for case in own}
        ordered = sorted(outcomes)
        measures[name] = {"cases": " ".join(ordered), "held": "".join(str(int(outcomes[each])) for each in ordered)}
    file.write_text(json.dumps({"model": model, "measures": measures}, indent=1) + "\n", encoding="utf-8")


def load(file: Path = FILE) -> Outcomes | None:
    """Read a saved run; None where there is none. Raises ValueError for a file of another shape."""
    if not file.exists():
        return None
    try:
        measures = json.loads(file.read_text(encoding="utf-8"))["measures"]
        return {
            name: {case: held == "1" for case, held in zip(own["cases"].split(), own["held"], strict=True)}
            for name, own in measures.items()
        }
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{file}: no saved run: {error!r}; save one with ./bxl evaluate --save-baseline") from error


def compare(before: Outcomes, cases: Mapping[str, Sequence[Case]]) -> list[Difference]:
    """Return what changed since a saved run, for each measure in each language and in all."""
    found = []
    for name, own in cases.items():
        saved = before.get(name, {})
        for language in (*LANGUAGES, ALL):
            both = [
                (saved[key(case)], case.held)
                for case in own
                if key(case) in saved and language in (ALL, case.sentence.language)
            ]
            if both:
                gained, lost = both.count((False, True)), both.count((True, False))
                found.append(
                    Difference(
                        measure=name,
                        language=language,
                        shared=len(both),
                        before=100 * sum(was for was, _ in both) / len(both),
                        after=100 * sum(held for _, held in both) / len(both),
                        chance=mcnemar(gained, lost),
                    )
                )
    return found


def _digest(sentence: Sentence) -> str:
    return hashlib.sha256(f"{sentence.language}\n{sentence.text}".encode()).hexdigest()[:_DIGEST_LENGTH]
