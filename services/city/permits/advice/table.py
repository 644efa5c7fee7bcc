"""A decision table laid out: the outcome of every combination of answers, and what is wrong with the table.

The outcomes are an array with one axis a question, so that what is still possible after some answers is a slice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from services.city.permits.advice.facts import Outcome, ProjectFacts

#: Larger tables are two projects; the search for the best question is exact up to here.
MOST_COMBINATIONS: Final = 2_000

Answers = Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """Questions with their choices and weights, and rows of conditions, each with the number of its outcome.

    ``uncovered`` is the outcome of what no row covers; None where the rows should cover all.
    """

    questions: tuple[tuple[str, tuple[str, ...], tuple[int, ...]], ...]
    rows: tuple[tuple[tuple[tuple[str, frozenset[str]], ...], int], ...]
    uncovered: int | None

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The questions' ids in the table's order."""
        return tuple(question for question, _, _ in self.questions)

    @cached_property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """Each question's choices."""
        return {question: choices for question, choices, _ in self.questions}

    @cached_property
    def deciding(self) -> NDArray[np.int16]:
        """The row that decides each combination; the number of rows where none does."""
        shape = tuple(len(choices) for _, choices, _ in self.questions)
        rows = np.full(shape, len(self.rows), dtype=np.int16)
        for number, (conditions, _) in reversed(list(enumerate(self.rows))):
            wanted = dict(conditions)
            axes = [
                [at for at, choice in enumerate(choices) if question not in wanted or choice in wanted[question]]
                for question, choices, _ in self.questions
            ]
            rows[np.ix_(*axes)] = number
        return rows

    @cached_property
    def outcomes(self) -> NDArray[np.int16]:
        """The outcome of each combination; -1 where there is none."""
        uncovered = -1 if self.uncovered is None else self.uncovered
        of_row = np.array([*(outcome for _, outcome in self.rows), uncovered], dtype=np.int16)
        return of_row[self.deciding]

    def after(self, answers: Answers) -> NDArray[np.int16]:
        """Return the outcomes that are still possible after these answers."""
        where: tuple[Any, ...] = tuple(
            choices.index(answers[question]) if question in answers else slice(None)
            for question, choices, _ in self.questions
        )
        return np.asarray(self.outcomes[where])

    def decided(self, answers: Answers) -> int | None:
        """Return the outcome where it is certain, whatever the other answers would be."""
        possible = self.after(answers)
        first = int(possible.flat[0])
        return first if bool((possible == first).all()) else None


def laid_out(facts: ProjectFacts) -> tuple[Table, list[Outcome]]:
    """Return a project's table and its outcomes by their numbers; equal outcomes are one."""
    outcomes: list[Outcome] = []

    def number(outcome: Outcome) -> int:
        if outcome not in outcomes:
            outcomes.append(outcome)
        return outcomes.index(outcome)

    rows = tuple(
        (tuple((question, frozenset(wanted)) for question, wanted in row.when.items()), number(row.outcome))
        for row in facts.rows
    )
    questions = tuple((each.id, each.ids, tuple(choice.weight for choice in each.choices)) for each in facts.questions)
    uncovered = number(facts.otherwise) if facts.otherwise is not None else None
    return _kept(Table(questions, rows, uncovered)), outcomes


@lru_cache(maxsize=256)
def _kept(table: Table) -> Table:
    """Return the table that is already laid out, if it is."""
    return table


def faults(table: Table) -> list[str]:
    """Return what is wrong with a table: combinations without an outcome, idle rows, idle questions."""
    size = int(np.prod([len(choices) for _, choices, _ in table.questions]))
    if size > MOST_COMBINATIONS:
        return [f"{size} combinations of answers: more than {MOST_COMBINATIONS}"]
    found = []
    bare = np.argwhere(table.outcomes == -1)
    if len(bare):
        example = ", ".join(
            f"{question}={choices[at]}" for (question, choices, _), at in zip(table.questions, bare[0], strict=True)
        )
        found.append(f"{len(bare)} combinations end without an outcome, the first: {example}")
    deciding = set(np.unique(table.deciding).tolist())
    found += [f"row {number + 1} is never reached" for number in range(len(table.rows)) if number not in deciding]
    if table.uncovered is not None and len(table.rows) not in deciding:
        found.append("otherwise is never reached: the rows cover all")
    for axis, (question, _, _) in enumerate(table.questions):
        if bool((table.outcomes == table.outcomes.take([0], axis=axis)).all()):
            found.append(f"question {question!r} never matters")
    return found
