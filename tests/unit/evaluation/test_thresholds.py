from dataclasses import replace

from evaluation import result
from evaluation.answers import Answered, Question
from evaluation.baseline import Difference
from evaluation.thresholds import Thresholds

LOW = Thresholds(at_least={"intent": 70.0}, at_most={"harm": 30.0, "balance": 50.0}, chance=0.01)


def _found(pairs, resolver, answers=()):
    return result.gather(pairs, resolver, model="m", answers=answers)


def test_nothing_fails_where_every_language_is_good_enough(pairs, resolver):
    assert LOW.failures(_found(pairs, resolver)) == []


def test_the_worst_language_decides(pairs, resolver):
    asked = replace(LOW, at_least={"intent": 85.0}, at_most={"harm": 15.0, "balance": 1.0})
    assert asked.failures(_found(pairs, resolver)) == [
        "intent 80.0 < 85.0 (nl)",
        "harm 18.2 > 15.0 (nl)",
        "balance 8.9 > 1.0",
    ]


def test_answers_count_where_they_were_asked_for(pairs, resolver):
    good, bad = (Answered(Question(lang, "x", ("?",)), wrong) for lang, wrong in (("fr", ()), ("nl", ("no answer",))))
    asked = replace(LOW, at_least={"answers": 90.0})
    assert asked.failures(_found(pairs, resolver)) == []
    assert asked.failures(_found(pairs, resolver, [good, bad])) == ["answers 0.0 < 90.0 (nl)"]


def test_a_loss_that_chance_does_not_explain_fails_and_a_gain_does_not(pairs, resolver):
    def change(**more):
        return Difference(
            "intent", **{"language": "all", "shared": 9, "before": 90, "after": 80, "chance": 0.001, **more}
        )

    found = _found(pairs, resolver)
    assert LOW.failures(replace(found, differences=[change()])) == ["intent 80.0, was 90.0 in the saved run"]
    for harmless in (change(chance=0.2), change(after=95), change(language="fr")):
        assert LOW.failures(replace(found, differences=[harmless])) == []


def test_the_projects_own_thresholds_are_read():
    thresholds = Thresholds.load()
    assert thresholds.of("intent") == "at least 85"
    assert thresholds.of("harm") == "at most 8"
