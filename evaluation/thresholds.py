"""The least that is asked of each measure (``evaluation/thresholds.toml``); the worst language counts."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from evaluation.baseline import ALL
from evaluation.measures import HARM
from evaluation.result import Result
from kit.languages import LANGUAGES

_FILE = Path(__file__).resolve().parent / "thresholds.toml"


@dataclass(frozen=True)
class Thresholds:
    """Per cent, points for the balance, and a probability for a loss against the saved run."""

    at_least: dict[str, float]
    at_most: dict[str, float]
    chance: float

    @classmethod
    def load(cls, file: Path = _FILE) -> Thresholds:
        """Read the file."""
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        return cls(content["at_least"], content["at_most"], content["against_baseline"]["chance"])

    def of(self, measure: str) -> str:
        """Return what is asked of a measure, in words."""
        if measure in self.at_least:
            return f"at least {self.at_least[measure]:g}"
        return f"at most {self.at_most[measure]:g}" if measure in self.at_most else ""

    def failures(self, result: Result) -> list[str]:
        """Say of each threshold that is not met which it is, in which language, and by what figure."""
        failures = []
        for name in result.measured:
            shares = [(result.share(name, language).percent, language) for language in LANGUAGES]
            worst, language = max(shares) if name == HARM else min(shares)
            if name in self.at_least and worst < self.at_least[name]:
                failures.append(f"{name} {worst:.1f} < {self.at_least[name]} ({language})")
            if name in self.at_most and worst > self.at_most[name]:
                failures.append(f"{name} {worst:.1f} > {self.at_most[name]} ({language})")
        if result.balance > self.at_most["balance"]:
            failures.append(f"balance {result.balance:.1f} > {self.at_most['balance']}")
        for each in result.differences or ():
            if each.language == ALL and not each.better and each.significant(self.chance):
                failures.append(f"{each.measure} {each.after:.1f}, was {each.before:.1f} in the saved run")
        return failures
