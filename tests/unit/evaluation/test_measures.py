import pytest

from evaluation import heldout, measures
from evaluation.measures import Share


def test_a_fallback_counts_as_wrong_in_scope_and_as_right_out_of_scope(pair):
    pairs = [
        pair("thank", "thank"),
        pair("thank", "nlu_fallback"),
        pair("out_of_scope", "nlu_fallback"),
        pair("out_of_scope", "thank"),
    ]
    assert Share.among(measures.intent(pairs)).percent == 50
    assert Share.among(measures.out_of_scope(pairs)).percent == 50
    assert Share.among(measures.harm(pairs)).percent == 25


def test_the_second_choice_of_a_clarification_counts_in_two_tries(pair):
    ranking = [("out_of_scope", 0.4), ("greet", 0.3), ("thank", 0.2)]
    assert Share.among(measures.intent_in_two([pair("thank", "nlu_fallback", ranking=ranking)])) == Share(1, 1)
    assert Share.among(measures.intent_in_two([pair("deny", "nlu_fallback", ranking=ranking)])) == Share(0, 1)


def test_language_counts_from_three_words_on(pair):
    short, (wanted, found) = pair("thank", "thank", text="dank u"), pair("thank", "thank", text="dank u wel")
    french = (heldout.Sentence(wanted.text, "nl", wanted.topic, wanted.intent), found)
    assert Share.among(measures.language([short, french])) == Share(0, 1)


def test_balance_is_the_distance_between_best_and_worst_language(pair):
    pairs = [pair("thank", "thank"), pair("thank", "deny", language="nl"), pair("thank", "thank", language="en")]
    assert measures.balance(pairs) == 100


def test_out_of_scope_that_falls_back_is_no_confusion(pair):
    pairs = [pair("out_of_scope", "nlu_fallback"), pair("thank", "nlu_fallback"), pair("thank", "deny")]
    assert measures.confusions(pairs) == {("thank", "nlu_fallback"): 1, ("thank", "deny"): 1}


@pytest.mark.parametrize(
    ("expected", "found", "same"),
    [
        ("rue Blaes 20", "Blaesstraat 20", True),
        ("rue Blaes 20", "Blaesstraat 22", False),
        ("Gare du Midi", "ZUIDSTATION", True),
        ("rue Blaes", "rue Haute", False),
        ("81", "81", True),
        ("demain", "Demain", True),
    ],
)
def test_a_fact_is_right_when_it_names_the_same_thing(resolver, expected, found, same):
    assert resolver.same(expected, found) is same


@pytest.mark.parametrize(
    ("kind", "expected", "found", "same"),
    [
        ("time", "9h", "à 9 h", True),
        ("time", "half negen", "8.30 uur", True),
        ("time", "9h", "10h", False),
        ("date", "demain", "morgen", True),
        ("date", "demain", "vrijdag", False),
        ("date", "quelque chose", "autre chose", False),
        ("line", "9", "09", False),
    ],
)
def test_a_day_or_a_time_is_right_however_it_is_written(resolver, kind, expected, found, same):
    assert resolver.same(expected, found, kind) is same


def test_each_expected_fact_is_a_case_of_its_own(pair, resolver):
    wanted, found = pair("transport_next_departures", "thank", expected={"stop": "Gare du Midi", "line": "81"})
    found.entities.append({"entity": "stop", "value": "Zuidstation"})
    cases = measures.entities([(wanted, found)], resolver)
    assert [(case.fact, case.held) for case in cases] == [("stop", True), ("line", False)]


def test_a_held_out_file_of_another_shape_is_named(tmp_path):
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "waste.yml").write_text("- {text: 'sans intention'}")
    with pytest.raises(ValueError, match=r"waste.yml: item 1"):
        heldout.load(tmp_path)
