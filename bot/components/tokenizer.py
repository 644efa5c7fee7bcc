"""Rasa tokenizer on spaCy: one pipeline a language, chosen by the language that was identified.

An installed model (``fr_core_news_*``, ``nl_core_news_*``, ``en_core_web_*``) is used where there is one; otherwise
spaCy's rules for the language with the lookup lemmatizer, which need no download.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from spacy.language import Language as Pipeline
from spacy.util import get_installed_models

from bot.components.folding import MAX_CHARACTERS
from bot.importers.multilingual import LANGUAGE_PROPERTY
from kit.languages import LANGUAGES, Language, as_language

#: Rules of the language whose tokens are wanted where no language could be identified.
_DEFAULT: Final[Language] = "fr"
_HALF_SURROGATES: Final = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_NEEDED: Final = frozenset({"tok2vec", "tagger", "morphologizer", "attribute_ruler", "lemmatizer"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SpacyLanguageTokenizer(Tokenizer):
    """Splits a message into words with lemmas, by the rules of its language."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return Rasa's options for tokenizers (intents are never split), and whether words get their lemmas.

        spaCy's lemma tables take some seconds to load.
        """
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "lemmas": True,
        }

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._lemmas = bool(config.get("lemmas", True))

    @classmethod
    def create(cls, config: dict[str, Any], *_: Any) -> SpacyLanguageTokenizer:
        """Return a tokenizer, its pipelines loaded."""
        tokenizer = cls(config)
        for language in LANGUAGES:
            pipeline(language, lemmas=tokenizer._lemmas)
        return tokenizer

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Return the words of one of the message's texts."""
        language = as_language(message.get(LANGUAGE_PROPERTY)) or _DEFAULT
        text = (message.get(attribute) or "")[:MAX_CHARACTERS]
        # spaCy encodes texts as UTF-8, in which half a surrogate pair has no form.
        whole = text.translate(_HALF_SURROGATES)
        return [
            Token(word.text, word.idx, lemma=word.lemma_ or word.text)
            for word in pipeline(language, lemmas=self._lemmas)(whole)
            if not word.is_space
        ]


@cache
def pipeline(language: Language, *, lemmas: bool = True) -> Pipeline:
    """Return the spaCy pipeline of a language, with or without lemmas; kept for the life of the process."""
    if not lemmas:
        return spacy.blank(language)
    installed = sorted(name for name in get_installed_models() if name.startswith(f"{language}_core_"))
    if installed:
        model = spacy.load(installed[0])
        for name in [name for name in model.pipe_names if name not in _NEEDED]:
            model.disable_pipe(name)
        return model
    blank = spacy.blank(language)
    blank.add_pipe("lemmatizer", config={"mode": "lookup"})
    blank.initialize()
    return blank
