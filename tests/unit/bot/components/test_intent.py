"""Intents: known ones, fallback, decisive phrases, and what the model is given."""

import pytest
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.intent import MaskedIntentClassifier
from bot.components.intent_model import IntentModel
from bot.components.tokenizer import SpacyLanguageTokenizer


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("à quelle heure passe le tram 3 à Montgomery", "transport_next_departures"),
        ("wanneer komt bus 71 aan het Zuidstation", "transport_next_departures"),
        ("which day are the blue bags collected in Jette", "waste_collection_day"),
        ("hoe vraag ik een vergunning aan", "permit_procedure"),
        ("ligne 71", "inform"),
        ("Waversesteenweg 12", "inform"),
        ("good evening", "greet"),
        ("raconte une autre blague", "out_of_scope"),
    ],
)
def test_an_intent_is_recognised_whatever_is_named(understanding, text, intent):
    assert understanding.intent(text) == intent


@pytest.mark.parametrize("text", ["", " ", "😀😀", "?!…", "\u200b", "。。"])
def test_a_message_without_words_is_not_understood(understanding, text):
    message = understanding.of(text)
    assert message.get("intent")["name"] == "nlu_fallback"
    assert message.get("intent_ranking") == []


def test_an_unlikely_intent_is_a_fallback_that_keeps_the_ranking(understanding):
    message = understanding.of("xyzzy qwrtp")
    assert message.get("intent")["name"] == "nlu_fallback"
    ranking = message.get("intent_ranking")
    assert len(ranking) > 2
    assert ranking == sorted(ranking, key=lambda each: -each["confidence"])


def _classifier(**config):
    decisive = [("city_emergency", "odeur de gaz")]
    return MaskedIntentClassifier({**MaskedIntentClassifier.get_default_config(), **config}, None, None, None, decisive)


def test_two_intents_that_are_too_close_are_a_fallback():
    assert _classifier(threshold=0.4, margin=0.04).decide("x", [("greet", 0.45), ("thank", 0.43)])[0] == "nlu_fallback"
    assert _classifier(threshold=0.4).decide("x", [("greet", 0.45), ("thank", 0.43)])[0] == "greet"


def test_a_fact_and_the_question_that_it_belongs_to_are_no_rivals():
    question = "waste_collection_day"
    sure, doubtful = _classifier(threshold=0.4), _classifier(threshold=0.4, margin=0.04)
    assert sure.decide("x", [("inform", 0.46), (question, 0.44), ("greet", 0.1)]) == (question, 0.9)
    assert sure.decide("x", [(question, 0.46), ("inform", 0.44), ("greet", 0.1)]) == (question, 0.9)
    assert sure.decide("x", [(question, 0.3), ("inform", 0.3), ("greet", 0.2)])[0] == "nlu_fallback"
    assert doubtful.decide("x", [("inform", 0.46), ("greet", 0.44), (question, 0.1)])[0] == "nlu_fallback"


def test_a_decisive_phrase_settles_what_the_model_does_not_rule_out():
    ranking = [("permit_procedure", 0.8), ("city_emergency", 0.06)]
    assert _classifier().decide("une Odeur de GAZ, que faire", ranking)[0] == "city_emergency"
    assert _classifier().decide("une odeur de café", ranking)[0] == "permit_procedure"
    assert _classifier(decisive=0.1).decide("une odeur de gaz", ranking)[0] == "permit_procedure"


@pytest.mark.parametrize("text", ["au feu !", "gaslek in de kelder", "he's not breathing", "mijn man slaat mij"])
def test_an_emergency_is_recognised_by_its_decisive_phrases(understanding, text):
    assert understanding.intent(text) == "city_emergency"


def test_the_stored_model_holds_no_pickle_and_gives_the_same_ranking(tmp_path):
    texts = ["tram ⑤", "sac ⑦", "bus ⑤ ③", "poubelle ①"]
    model = IntentModel.fit(texts, ["ride", "bag", "ride", "bag"], regularisation=30, seed=1)
    model.save(tmp_path)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".json", ".npz", ".npz"]
    assert IntentModel.load(tmp_path).ranking("tram ⑤ ③") == pytest.approx(model.ranking("tram ⑤ ③"))


def test_one_intent_alone_teaches_nothing(training_data, storage):
    greetings = TrainingData([each for each in training_data.training_examples if each.get("intent") == "greet"])
    config, resource = MaskedIntentClassifier.get_default_config(), Resource("one intent")
    MaskedIntentClassifier.create(config, storage, resource, None).train(greetings)
    assert MaskedIntentClassifier.load(config, storage, resource, None).rank("bonjour") == []


def test_lemmas_are_added_where_they_are_wanted_and_given(understanding):
    message = understanding.of("quand passent les sacs", "fr")
    tokenizer = SpacyLanguageTokenizer.create(SpacyLanguageTokenizer.get_default_config())
    tokenizer.process([message])
    assert _classifier(lemmas=True).sentence(message).split()[-1] == "sac"
    assert _classifier().sentence(message).split()[-1] == "sacs"
