"""Which question to ask next, so that the fewest are asked on average; and which answers mattered in the end.

The search is exact: of all ways to go on from the answers so far, the one with the least expected number of questions,
where each choice is expected by its weight. Tables are small (``table.MOST_COMBINATIONS``) and every state is worked
out once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from services.city.permits.advice.table import Answers, Table

#: The answers so far by the questions' order; None where there is none yet.
_State = tuple[str | None, ...]


@dataclass(frozen=True)
class Ahead:
    """What lies ahead: the best next question (None: it is decided), how many to expect, and the most there can be."""

    question: str | None
    expected: float
    most: int


def ahead(table: Table, answers: Answers) -> Ahead:
    """Return what to ask after these answers; an equal choice goes to the question that stands first in the table."""
    return _ahead(table, tuple(answers.get(question) for question in table.ids))


def mattered(table: Table, answers: Answers) -> tuple[str, ...]:
    """Return the questions whose answers make a decided outcome certain, none of which could be left out.

    The later a question stands in the table, the sooner it is left out.
    """
    kept = dict(answers)
    outcome = table.decided(kept)
    for question in reversed(table.ids):
        if question in kept:
            without = {key: choice for key, choice in kept.items() if key != question}
            if table.decided(without) == outcome:
                kept = without
    return tuple(question for question in table.ids if question in kept)


@lru_cache(maxsize=20_000)
def _ahead(table: Table, state: _State) -> Ahead:
    answers = {question: choice for question, choice in zip(table.ids, state, strict=True) if choice is not None}
    if table.decided(answers) is not None:
        return Ahead(None, 0.0, 0)
    best: Ahead | None = None
    for at, (question, choices, weights) in enumerate(table.questions):
        if state[at] is not None:
            continue
        below = [_ahead(table, (*state[:at], choice, *state[at + 1 :])) for choice in choices]
        expected = 1 + sum(w * each.expected for w, each in zip(weights, below, strict=True)) / sum(weights)
        if best is None or expected < best.expected - 1e-9:
            best = Ahead(question, expected, 1 + max(each.most for each in below))
    if best is None:
        raise ValueError("a table without an outcome for some answers")
    return best
