"""What a replay takes for a change, and for how bad."""

from __future__ import annotations

import pytest

from evaluation.costs import Costs
from evaluation.replay.comparing import Comparing, counted, counted_by_intent
from evaluation.replay.questions import Question
from evaluation.understanding import Understood

COSTS = Costs()


def understood(intent, confidence=0.9, language="fr", **facts):
    entities = [{"entity": kind, "value": value} for kind, values in facts.items() for value in values.split("|")]
    return Understood(language, intent, confidence, entities, [(intent, confidence)])


@pytest.fixture
def changes(resolver):
    """Compare one question, or several."""

    def compare(*triples):
        questions, before, after = zip(*triples, strict=True)
        return Comparing(COSTS, resolver).changes(questions, before, after)

    return compare


def test_the_same_understanding_is_no_change_however_sure(changes):
    assert changes((Question("x"), understood("thank", 0.9), understood("thank", 0.6))) == []


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ({"street": "Rue Blaes"}, {"street": "Blaesstraat"}, False),
        ({"street": "rue blaes"}, {"street": "Rue Blaes"}, False),
        ({"street": "Rue Blaes"}, {"street": "Rue Haute"}, True),
        ({"street": "Rue Blaes"}, {}, True),
        ({}, {"stop": "Gare du Midi"}, True),
        ({"street": "Rue Blaes|Rue Haute"}, {"street": "Hoogstraat|Blaesstraat"}, False),
        ({"street": "Rue Blaes|Rue Blaes"}, {"street": "Rue Blaes"}, True),
        ({"street": "Rue Blaes"}, {"stop": "Rue Blaes"}, True),
    ],
)
def test_facts_are_the_same_where_they_name_the_same_thing(changes, before, after, changed):
    found = changes((Question("x"), understood("thank", **before), understood("thank", **after)))
    assert bool(found) is changed
    assert all(each.of_facts and not each.of_intent for each in found)


def test_only_the_facts_that_differ_are_shown(changes):
    (found,) = changes(
        (
            Question("x"),
            understood("thank", street="Rue Blaes", stop="Gare du Midi"),
            understood("thank", street="Rue Haute", stop="Zuidstation"),
        )
    )
    assert found.facts == ({"street": ["Rue Blaes"]}, {"street": ["Rue Haute"]})


def test_another_language_is_a_change_that_costs(changes):
    (found,) = changes((Question("x"), understood("thank", 0.5), understood("thank", 0.5, language="nl")))
    assert found.of_language
    assert found.cost == pytest.approx(0.5 * COSTS.language)


def test_the_worst_comes_first_whatever_the_order(changes):
    harmless = (Question("a"), understood("thank"), understood("greet"))
    rejected = (Question("b"), understood("thank"), understood("nlu_fallback", 0.6))
    deadly = (Question("c"), understood("city_emergency"), understood("thank"))
    unsure = (Question("d"), understood("city_emergency", 0.3), understood("thank"))
    facts = (Question("e"), understood("thank", street="Rue Blaes"), understood("thank"))
    found = changes(facts, harmless, unsure, rejected, deadly)
    assert [each.question.text for each in found] == ["c", "d", "a", "e", "b"]


def test_where_the_meaning_is_known_what_was_wrong_and_is_right_is_better(changes):
    mended = (Question("a", intent="waste_sorting"), understood("thank"), understood("waste_sorting"))
    broken = (Question("b", intent="waste_sorting"), understood("waste_sorting"), understood("thank"))
    found = changes(mended, broken)
    assert [(each.question.text, each.verdict, each.cost) for each in found] == [("b", "worse", 1), ("a", "better", -1)]


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ("thank", "nlu_fallback", "worse"),
        ("nlu_fallback", "thank", "better"),
        ("thank", "greet", "other"),
        ("nlu_fallback", "out_of_scope", "other"),
    ],
)
def test_where_it_is_not_known_only_questions_turned_down_are_judged(changes, before, after, verdict):
    (found,) = changes((Question("x"), understood(before), understood(after)))
    assert found.verdict == verdict


def test_an_answer_to_what_was_turned_down_costs_as_much_as_it_is_unsure(changes):
    sure, unsure = changes(
        (Question("unsure"), understood("nlu_fallback"), understood("thank", 0.5)),
        (Question("sure"), understood("nlu_fallback"), understood("thank", 0.95)),
    )[::-1]
    assert (sure.question.text, unsure.question.text) == ("sure", "unsure")
    assert unsure.cost > sure.cost > 0


def test_changes_are_counted_by_language_and_by_what_was_understood(changes):
    questions = [Question("a", "fr"), Question("b", "nl"), Question("c", "nl"), Question("d")]
    before = [understood("thank"), understood("thank"), understood("greet"), understood("greet")]
    after = [understood("nlu_fallback"), understood("greet"), understood("greet"), understood("greet")]
    found = changes(*zip(questions, before, after, strict=True))
    assert counted(questions, found) == {
        "fr": {"questions": 1, "changed": 1, "worse": 1, "other": 0, "better": 0},
        "nl": {"questions": 2, "changed": 1, "worse": 0, "other": 1, "better": 0},
        "unknown": {"questions": 1, "changed": 0, "worse": 0, "other": 0, "better": 0},
    }
    assert counted_by_intent(before, found) == {
        "thank": {"questions": 2, "changed": 2, "worse": 1, "other": 1, "better": 0}
    }
