"""Decision tables against a plain reading of them: first row that holds, every combination tried."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.city.permits.advice.asking import ahead, mattered
from services.city.permits.advice.table import Table, faults

Answers = dict[str, str]


def table(questions: Mapping[str, Any], *rows: tuple[dict[str, str], int], uncovered: int | None = None) -> Table:
    """Build a table: choices as letters ("ab"), or with weights ({"a": 3, "b": 1})."""
    asked = []
    for key, choices in questions.items():
        weights = choices if isinstance(choices, dict) else dict.fromkeys(choices, 1)
        asked.append((key, tuple(weights), tuple(weights.values())))
    conditions = tuple(
        (tuple((key, frozenset(wanted)) for key, wanted in when.items()), outcome) for when, outcome in rows
    )
    return Table(tuple(asked), conditions, uncovered)


def combinations(table: Table, answers: Mapping[str, str]) -> Iterator[Answers]:
    options = [[answers[key]] if key in answers else list(choices) for key, choices in table.choices.items()]
    for each in itertools.product(*options):
        yield dict(zip(table.ids, each, strict=True))


def plainly(table: Table, answers: Mapping[str, str]) -> int | None:
    """Read a table as a person would."""
    for when, outcome in table.rows:
        if all(answers[key] in wanted for key, wanted in when):
            return outcome
    return table.uncovered


def possible(table: Table, answers: Mapping[str, str]) -> set[int | None]:
    return {plainly(table, each) for each in combinations(table, answers)}


def least_expected(table: Table, answers: Answers) -> float:
    """Try every order of questions, also another one after each answer."""
    if len(possible(table, answers)) == 1:
        return 0.0
    costs = []
    for key, choices, weights in table.questions:
        if key not in answers:
            below = [least_expected(table, {**answers, key: choice}) for choice in choices]
            costs.append(1 + sum(w * cost for w, cost in zip(weights, below, strict=True)) / sum(weights))
    return min(costs)


def asked_on_average(table: Table) -> float:
    """Follow the questions that the table asks, to the end of every way."""

    def from_here(answers: Answers) -> float:
        question = ahead(table, answers).question
        if question is None:
            return 0.0
        (choices, weights) = next((c, w) for key, c, w in table.questions if key == question)
        below = [from_here({**answers, question: choice}) for choice in choices]
        return 1 + sum(w * each for w, each in zip(weights, below, strict=True)) / sum(weights)

    return from_here({})


@st.composite
def tables(draw: st.DrawFn) -> Table:
    sizes = draw(st.lists(st.integers(2, 3), min_size=1, max_size=4))
    questions = {f"q{at}": dict.fromkeys("abc"[:size], 1) for at, size in enumerate(sizes)}
    for choices in questions.values():
        for choice in choices:
            choices[choice] = draw(st.integers(1, 5))
    rows = []
    for _ in range(draw(st.integers(1, 5))):
        keys = draw(st.sets(st.sampled_from(sorted(questions)), min_size=1))
        when = {
            key: "".join(sorted(draw(st.sets(st.sampled_from(sorted(questions[key])), min_size=1)))) for key in keys
        }
        rows.append((when, draw(st.integers(0, 3))))
    return table(questions, *rows, uncovered=draw(st.integers(0, 4)))


@settings(deadline=None, max_examples=150)
@given(tables(), st.data())
def test_what_is_decided_is_what_a_plain_reading_decides(table: Table, data: st.DataObject) -> None:
    answers = {
        key: data.draw(st.sampled_from(choices)) for key, choices in table.choices.items() if data.draw(st.booleans())
    }
    left = possible(table, answers)
    assert {int(each) for each in table.after(answers).flat} == left
    assert table.decided(answers) == (left.pop() if len(left) == 1 else None)


@settings(deadline=None, max_examples=80)
@given(tables())
def test_no_order_of_questions_asks_fewer(table: Table) -> None:
    best = least_expected(table, {})
    assert ahead(table, {}).expected == pytest.approx(best)
    assert asked_on_average(table) == pytest.approx(best)


@settings(deadline=None, max_examples=150)
@given(tables(), st.data())
def test_the_answers_that_mattered_suffice_and_none_can_be_left_out(table: Table, data: st.DataObject) -> None:
    answers = {key: data.draw(st.sampled_from(choices)) for key, choices in table.choices.items()}
    outcome = plainly(table, answers)
    reasons = mattered(table, answers)
    kept = {key: answers[key] for key in reasons}
    assert possible(table, kept) == {outcome}
    for key in reasons:
        assert possible(table, {k: v for k, v in kept.items() if k != key}) != {outcome}


def test_the_question_that_settles_most_cases_comes_first() -> None:
    rare = table({"a": "yn", "b": {"y": 1, "n": 9}}, ({"b": "n"}, 0), ({"a": "y"}, 1), uncovered=2)
    assert ahead(rare, {}).question == "b"
    assert ahead(rare, {"b": "y"}).question == "a"
    assert (ahead(rare, {"b": "n"}).question, ahead(rare, {"b": "n"}).most) == (None, 0)
    assert ahead(rare, {}).most == 2


def test_a_question_that_can_change_nothing_any_more_is_not_asked() -> None:
    one = table({"a": "yn", "b": "yn"}, ({"a": "y"}, 0), ({"b": "y"}, 1), uncovered=2)
    assert ahead(one, {"a": "y"}).question is None
    assert mattered(one, {"a": "y", "b": "n"}) == ("a",)


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        pytest.param(
            table({"a": "yn"}, ({"a": "y"}, 0)), "1 combinations end without an outcome, the first: a=n", id="gap"
        ),
        pytest.param(
            table({"a": "yn"}, ({"a": "yn"}, 0), ({"a": "y"}, 1)), "row 2 is never reached", id="row behind another"
        ),
        pytest.param(
            table({"a": "yn"}, ({"a": "y"}, 0), ({"a": "n"}, 1), uncovered=2),
            "otherwise is never reached: the rows cover all",
            id="idle otherwise",
        ),
        pytest.param(
            table({"a": "yn", "b": "yn"}, ({"a": "y"}, 0), uncovered=1),
            "question 'b' never matters",
            id="idle question",
        ),
        pytest.param(
            table({"a": "yn", "b": "yn"}, ({"a": "y", "b": "y"}, 0), ({"a": "y"}, 0), uncovered=1),
            "question 'b' never matters",
            id="a question between equal outcomes",
        ),
        pytest.param(
            table({f"q{n}": "abcdef" for n in range(5)}, ({"q0": "a"}, 0), uncovered=1),
            "7776 combinations of answers: more than 2000",
            id="too large",
        ),
    ],
)
def test_a_faulty_table_is_named(broken: Table, expected: str) -> None:
    assert expected in faults(broken)


def test_a_sound_table_has_no_faults() -> None:
    assert faults(table({"a": "yn", "b": "yn"}, ({"a": "y"}, 0), ({"b": "y"}, 1), uncovered=2)) == []
