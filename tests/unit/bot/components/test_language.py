"""The language of a message, held steady through names, numbers and short answers."""

import pytest
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.language import LanguageIdentifier


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("quand passe le prochain tram", "fr"),
        ("wanneer komt de volgende tram", "nl"),
        ("when does the next tram come", "en"),
        ("when is the next tram at Gare du Midi", "en"),
        ("c'est quel jour les poubelles Waversesteenweg 300", "fr"),
        ("welke dag is het vuilnis chaussée de Wavre 300", "nl"),
    ],
)
def test_the_words_show_the_language_and_names_do_not(understanding, text, language):
    assert understanding.language(text) == language


@pytest.mark.parametrize("text", ["Gare du Midi", "81", "Wetstraat 16", "😀", "", "???", "Rue de la Loi 16, Ixelles"])
def test_names_and_numbers_show_no_language(understanding, text):
    assert understanding.language(text) is None


@pytest.mark.parametrize("known", ["fr", "nl", "en"])
@pytest.mark.parametrize("text", ["ok", "Gare du Midi", "tram 81", "the 81", "un bus flamand", "81 flagey"])
def test_a_short_message_never_changes_the_conversations_language(understanding, text, known):
    assert understanding.language(text, known) in (None, known)
    assert understanding.of(text, known).get("language") == known


@pytest.mark.parametrize("text", ["1er tram 25", "2de bus 71", "1st metro Delta"])
def test_the_end_of_a_number_is_no_word(understanding, text):
    assert understanding.language(text, "fr") in (None, "fr")


@pytest.mark.parametrize(
    ("text", "known", "language"), [("bonjour", "en", "fr"), ("goeiedag", "fr", "nl"), ("hello", "nl", "en")]
)
def test_one_clear_word_of_another_language_changes_it(understanding, text, known, language):
    assert understanding.language(text, known) == language


def test_a_sentence_changes_the_conversations_language(understanding):
    assert understanding.language("wanneer komt de volgende tram aan Flagey", "fr") == "nl"
    assert understanding.language("when is the next tram at Flagey", "nl") == "en"


def test_mixed_languages_give_one_of_them_or_none(understanding):
    assert understanding.language("hallo quand passe the next tram") in ("fr", "nl", "en", None)


def test_a_payload_shows_no_language(understanding):
    assert understanding.language('/inform{"address": "quand passe le prochain tram"}') is None


@pytest.mark.parametrize("metadata", [{"language": "de"}, {"language": 7}, {}, "fr", ["fr"]])
def test_metadata_of_another_shape_is_no_language(understanding, metadata):
    message = understanding.of("81")
    message.set("metadata", metadata)
    for component in understanding.components:
        component.process([message])
    assert message.get("language") is None


def test_one_language_alone_teaches_nothing(training_data, storage):
    french = TrainingData([each for each in training_data.training_examples if each.get("language") == "fr"])
    config, resource = LanguageIdentifier.get_default_config(), Resource("one language")
    LanguageIdentifier.create(config, storage, resource, None).train(french)
    loaded = LanguageIdentifier.load(config, storage, resource, None)
    assert loaded.identify("quand passe le tram", []) is None
