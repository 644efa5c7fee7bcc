import json

import pytest

from evaluation import heldout, measures
from evaluation.heldout import Sentence
from evaluation.resolution import Resolver
from evaluation.understanding import Understood


def _pair(wanted, found, *, language="fr", text="a b c", ranking=(), entities=(), expected=None, understood="fr"):
    return (
        Sentence(text, language, "waste", wanted, expected or {}),
        Understood(understood, found, 0.9, list(entities), list(ranking)),
    )


def test_a_fallback_counts_as_wrong_in_scope_and_as_right_out_of_scope():
    pairs = [
        _pair("thank", "thank"),
        _pair("thank", "nlu_fallback"),
        _pair("out_of_scope", "nlu_fallback"),
        _pair("out_of_scope", "thank"),
    ]
    assert measures.intent(pairs).percent == 50
    assert measures.out_of_scope(pairs).percent == 50
    assert measures.harm(pairs).percent == 25


def test_the_second_choice_of_a_clarification_counts_in_two_tries():
    ranking = [("out_of_scope", 0.4), ("greet", 0.3), ("thank", 0.2)]
    assert measures.intent_in_two([_pair("thank", "nlu_fallback", ranking=ranking)]).percent == 100
    assert measures.intent_in_two([_pair("deny", "nlu_fallback", ranking=ranking)]).percent == 0


def test_language_counts_from_three_words_on():
    pairs = [_pair("thank", "thank", text="dank u"), _pair("thank", "thank", language="nl", text="dank u wel")]
    assert (measures.language(pairs).held, measures.language(pairs).of) == (0, 1)


def test_balance_is_the_distance_between_best_and_worst_language():
    pairs = [_pair("thank", "thank"), _pair("thank", "deny", language="nl"), _pair("thank", "thank", language="en")]
    assert measures.balance(pairs) == 100


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
def test_a_fact_is_right_when_it_names_the_same_thing(tmp_path, expected, found, same):
    gazetteer = tmp_path / "gazetteer.json"
    names = [
        {"id": "street:1", "fr": ["Rue Blaes"], "nl": ["Blaesstraat"]},
        {"id": "street:2", "fr": ["Rue Haute"], "nl": ["Hoogstraat"]},
        {"id": "stop:midi", "fr": ["Gare du Midi"], "nl": ["Zuidstation"]},
    ]
    gazetteer.write_text(json.dumps({"names": names}))
    assert Resolver(gazetteer).same(expected, found) is same


def test_a_held_out_file_of_another_shape_is_named(tmp_path):
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "waste.yml").write_text("- {text: 'sans intention'}")
    with pytest.raises(ValueError, match=r"waste.yml: item 1"):
        heldout.load(tmp_path)
