"""Tokens with lemmas, by the rules of the message's language."""

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.tokenizer import SpacyLanguageTokenizer


@pytest.fixture(scope="module")
def tokenizer():
    return SpacyLanguageTokenizer.create(SpacyLanguageTokenizer.get_default_config())


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "l'arrêt d'Ixelles", ["l'", "arrêt", "d'", "Ixelles"]),
        ("en", "when's it", ["when", "'s", "it"]),
        ("nl", "de zakken", ["de", "zakken"]),
        (None, "l'arrêt", ["l'", "arrêt"]),
        ("de", "l'arrêt", ["l'", "arrêt"]),
    ],
    ids=["fr", "en", "nl", "no language: French", "unknown language: French"],
)
def test_a_text_is_split_by_its_languages_rules(tokenizer, language, text, words):
    message = Message({TEXT: text, "language": language})
    assert [token.text for token in tokenizer.tokenize(message, TEXT)] == words


def test_a_word_has_its_lemma(tokenizer):
    message = Message({TEXT: "les sacs", "language": "fr"})
    assert tokenizer.tokenize(message, TEXT)[1].lemma == "sac"


@pytest.mark.parametrize("text", ["", "\ud83d", "\x00\x07", "a" * 20_000, "😀"])
def test_any_text_can_be_split(tokenizer, text):
    assert all(token.text.strip() for token in tokenizer.tokenize(Message({TEXT: text}), TEXT))
