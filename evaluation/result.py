"""Everything that one run of the evaluation found, for the reports and the thresholds."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from evaluation import baseline, calibration, measures
from evaluation.answers import Answered
from evaluation.baseline import Difference, Outcomes
from evaluation.costs import Confusion, Costs
from evaluation.measures import Case, Pair, Share
from evaluation.resolution import Resolver
from kit.languages import LANGUAGES, Language

ANSWERS = "answers"


@dataclass(frozen=True)
class IntentResult:
    """What became of one intent's sentences, by language, and of what was taken for it."""

    name: str
    right: dict[Language, Share]
    all_right: Share
    precise: Share
    """Of the sentences that were understood so, those that meant it."""


@dataclass(frozen=True)
class Result:
    """The findings of a run; ``answers`` is empty and ``differences`` None where they were not asked for."""

    sentences: int
    model: str
    cases: dict[str, list[Case]]
    balance: float
    topics: dict[str, list[Case]]
    intents: list[IntentResult]
    confusions: list[Confusion]
    cost: dict[str, float]
    """What a hundred sentences cost, by language and in ``all``."""
    parse_ms: float
    """Half of the sentences were parsed in less, on this machine with whatever else it was doing."""
    reliability: list[calibration.Bin]
    trade_off: list[calibration.TradeOff]
    differences: list[Difference] | None
    answers: list[Answered]

    def share(self, measure: str, language: Language | None = None) -> Share:
        """Return a measure, or the answers that hold, in one language or in all."""
        if measure == ANSWERS:
            own = [a for a in self.answers if language in (None, a.question.language)]
            return Share(sum(not a.missing for a in own), len(own))
        return among(self.cases[measure], language)

    @property
    def measured(self) -> dict[str, str]:
        """The measures that there are figures for, with what they are called."""
        return {**measures.NAMES, **({ANSWERS: "answers that hold what they must"} if self.answers else {})}


def gather(
    pairs: Sequence[Pair],
    resolver: Resolver,
    *,
    model: str,
    before: Outcomes | None = None,
    answers: Sequence[Answered] = (),
    costs: Costs | None = None,
) -> Result:
    """Work out the findings from what was wanted and what was understood."""
    costs = costs or Costs()
    cases = measures.every(pairs, resolver)
    return Result(
        sentences=len(pairs),
        model=model,
        cases=cases,
        balance=measures.balance(pairs),
        topics=_topics(pairs),
        intents=_intents(pairs),
        confusions=costs.confusions(pairs),
        cost={
            **{lang: costs.per_hundred([p for p in pairs if p[0].language == lang]) for lang in LANGUAGES},
            baseline.ALL: costs.per_hundred(pairs),
        },
        parse_ms=statistics.median(found.took_ms for _, found in pairs) if pairs else 0.0,
        reliability=calibration.reliability(pairs),
        trade_off=calibration.trade_off(pairs),
        differences=baseline.compare(before, cases) if before is not None else None,
        answers=list(answers),
    )


def among(cases: Sequence[Case], language: Language | None = None) -> Share:
    """Return the share of cases that hold, in one language or in all."""
    return Share.among(case for case in cases if language in (None, case.sentence.language))


def _handled(pairs: Sequence[Pair]) -> list[Case]:
    """Return, of every sentence, whether it got its intent or, out of scope, was rejected."""
    return [*measures.intent(pairs), *measures.out_of_scope(pairs)]


def _topics(pairs: Sequence[Pair]) -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    for case in _handled(pairs):
        found.setdefault(case.sentence.topic, []).append(case)
    return dict(sorted(found.items()))


def _intents(pairs: Sequence[Pair]) -> list[IntentResult]:
    found: dict[str, list[Case]] = {}
    for case in _handled(pairs):
        found.setdefault(case.sentence.intent, []).append(case)
    results = []
    for name, cases in sorted(found.items()):
        taken = [wanted.intent == name for wanted, understood in pairs if understood.intent == name]
        results.append(
            IntentResult(
                name=name,
                right={language: among(cases, language) for language in LANGUAGES},
                all_right=among(cases),
                precise=Share(sum(taken), len(taken)),
            )
        )
    return results
