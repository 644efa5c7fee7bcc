"""What changes between two models: the question that is understood, its facts, its language; and how bad that may be.

Where it is known what a question means, a change costs what it costs more than before (``evaluation/costs.toml``).
Where that is not known, what the model before understood is taken for right, as far as it was sure of it; a question
that was turned down before and is answered now costs as much as the new model is unsure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from evaluation.costs import Costs
from evaluation.measures import REJECTED
from evaluation.replay.questions import Question
from evaluation.resolution import Resolver
from evaluation.understanding import Understood

Verdict = Literal["worse", "other", "better"]
#: Facts by kind, as the text gives them.
Facts = dict[str, list[str]]

VERDICTS: Final[tuple[Verdict, ...]] = ("worse", "other", "better")


@dataclass(frozen=True)
class Change:
    """A question that is understood differently; ``facts`` are those before and after, of the kinds that changed."""

    question: Question
    before: Understood
    after: Understood
    facts: tuple[Facts, Facts]
    cost: float
    verdict: Verdict

    @property
    def of_intent(self) -> bool:
        """Whether another question is understood."""
        return self.before.intent != self.after.intent

    @property
    def of_facts(self) -> bool:
        """Whether other facts are."""
        return self.facts != ({}, {})

    @property
    def of_language(self) -> bool:
        """Whether another language is."""
        return self.before.language != self.after.language


class Comparing:
    """Compares what two models understood."""

    def __init__(self, costs: Costs, resolver: Resolver) -> None:
        self._costs = costs
        self._resolver = resolver

    def changes(
        self, questions: Sequence[Question], before: Sequence[Understood], after: Sequence[Understood]
    ) -> list[Change]:
        """Return what changes, the worst first."""
        found = (self._change(*each) for each in zip(questions, before, after, strict=True))
        return sorted((each for each in found if each), key=_worst_first)

    def _change(self, question: Question, before: Understood, after: Understood) -> Change | None:
        facts = self._differing(facts_of(before), facts_of(after))
        if before.intent == after.intent and before.language == after.language and facts == ({}, {}):
            return None
        cost = self._of_intent(question, before, after)
        if before.intent == after.intent:
            meant = self._costs.meant.get(after.intent, 1.0) * after.confidence
            cost += meant * self._costs.facts if facts != ({}, {}) else 0.0
            cost += meant * self._costs.language if before.language != after.language else 0.0
        return Change(question, before, after, facts, round(cost, 4), _verdict(question, before, after))

    def _of_intent(self, question: Question, before: Understood, after: Understood) -> float:
        if question.intent is not None:
            wanted = question.intent
            return self._costs.of(wanted, after.intent) - self._costs.of(wanted, before.intent)
        sure = before.confidence if before.intent not in REJECTED else 1 - after.confidence
        return self._costs.of(before.intent, after.intent) * sure

    def _differing(self, before: Facts, after: Facts) -> tuple[Facts, Facts]:
        """Return the facts of the kinds of which not all name the same things."""
        kinds = [
            kind
            for kind in dict.fromkeys([*before, *after])
            if not self._same(kind, before.get(kind, []), after.get(kind, []))
        ]
        return {kind: before[kind] for kind in kinds if kind in before}, {
            kind: after[kind] for kind in kinds if kind in after
        }

    def _same(self, kind: str, before: Sequence[str], after: Sequence[str]) -> bool:
        left = list(after)
        for value in before:
            same = next((each for each in left if self._resolver.same(value, each, kind)), None)
            if same is None:
                return False
            left.remove(same)
        return not left


def facts_of(understood: Understood) -> Facts:
    """Return the facts that were understood, by kind."""
    facts: Facts = {}
    for each in understood.entities:
        facts.setdefault(str(each["entity"]), []).append(str(each["value"]))
    return facts


def counted(questions: Iterable[Question], changes: Iterable[Change]) -> dict[str, dict[str, int]]:
    """Return how many questions of each language there are and change, and how; ``unknown`` where it is not known."""
    counts: dict[str, Counter[str]] = {}
    for question in questions:
        counts.setdefault(question.language or "unknown", Counter())["questions"] += 1
    for change in changes:
        counts[change.question.language or "unknown"].update(("changed", change.verdict))
    return {name: _every(count, ("questions", "changed", *VERDICTS)) for name, count in sorted(counts.items())}


def counted_by_intent(before: Iterable[Understood], changes: Iterable[Change]) -> dict[str, dict[str, int]]:
    """Return the same by the question that was understood before; only those of which something changes."""
    questions = Counter(each.intent for each in before)
    counts: dict[str, Counter[str]] = {}
    for change in changes:
        counts.setdefault(change.before.intent, Counter()).update(("changed", change.verdict))
    found = {
        name: {"questions": questions[name], **_every(count, ("changed", *VERDICTS))} for name, count in counts.items()
    }
    return dict(sorted(found.items(), key=lambda each: (-each[1]["worse"], -each[1]["changed"], each[0])))


def _every(count: Counter[str], names: Iterable[str]) -> dict[str, int]:
    return {name: count[name] for name in names}


def _verdict(question: Question, before: Understood, after: Understood) -> Verdict:
    """Return what can be said for certain: of known meanings, and of questions that were or are turned down."""
    if question.intent is not None:
        right = [_right(question.intent, each.intent) for each in (before, after)]
    else:
        right = [each.intent not in REJECTED for each in (before, after)]
    if right[0] == right[1]:
        return "other"
    return "worse" if right[0] else "better"


def _right(wanted: str, found: str) -> bool:
    return wanted == found or {wanted, found} <= REJECTED


def _worst_first(change: Change) -> tuple[Any, ...]:
    return (VERDICTS.index(change.verdict) if change.cost == 0 else 0, -change.cost, change.question.label)
