"""Rasa component that identifies a message's language, and says nothing where the message does not show one.

Names of places never vote: English questions are full of French and Dutch names. What is left must be likely enough;
a message of fewer than three words never changes the language of a conversation that has one. The language that
the message shows travels as the entity ``message_language``; the message's ``language`` property also falls back to the
conversation's, which the gateway sends as metadata.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.folding import MAX_CHARACTERS, visible
from bot.components.language_model import LanguageModel
from bot.components.mentions import Mention, mentions_of
from bot.components.wordlists import sample_of_exclusive_words
from bot.importers.multilingual import LANGUAGE_PROPERTY
from kit import wire
from kit.languages import Language, as_language
from kit.text import fold

#: The property with the metadata that the channel gave with the message.
_METADATA: Final = "metadata"
_NAMES: Final = frozenset({"address", "street", "stop", "commune", "locality", "landmark", "line"})
#: "1er" and "2de" are numbers, not the words "er" and "de".
_WORD: Final = re.compile(r"(?<![\d\w])[^\W\d_]+(?:['’][^\W\d_]+)*")
_COMMAND: Final = "/"
_OWN: Final = "language.own.json"
#: One word beside a name ("dir", "station") is no change of language, nor are single letters.
_SWITCH_OWN_WORDS: Final = 2


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LanguageIdentifier(GraphComponent):
    """Sets the message's language, and the entity that fills the conversation's."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the options.

        ``claim`` is the least probability of a language at a conversation's start, ``claim_short`` in a message of
        fewer than ``words`` words; ``switch`` of one that differs from the conversation's, which also takes ``words``
        words, two of them no names.
        """
        return {
            "claim": 0.55,
            "claim_short": 0.75,
            "switch": 0.8,
            "words": 3,
            "dictionary_sample": 4000,
            "seed": 20261123,
        }

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: LanguageModel | None = None,
        own: dict[str, str] | None = None,
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model = model
        #: Short examples of one language only, folded: "bonjour" is French, though many mix it into others.
        self._own = own or {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageIdentifier:
        """Return a component that knows no language yet."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples, which the importer marked with their language, and store the model."""
        examples = list(_examples(training_data))
        if len({language for _, language in examples}) > 1:
            words = sample_of_exclusive_words(self._config["dictionary_sample"], self._config["seed"])
            self._model = LanguageModel.fit(examples, words, seed=self._config["seed"])
            self._own = _short_and_own(examples, self._config["words"])
            with self._storage.write_to(self._resource) as folder:
                self._model.save(folder)
                (folder / _OWN).write_text(json.dumps(self._own), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LanguageIdentifier:
        """Return the component with the model that ``train`` stored."""
        try:
            with model_storage.read_from(resource) as folder:
                own = json.loads((folder / _OWN).read_text(encoding="utf-8"))
                return cls(config, model_storage, resource, LanguageModel.load(folder), own)
        except ValueError:  # nothing was stored: the data had one language only
            return cls(config, model_storage, resource)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Return the examples as they are: their files say their language."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set each message's language and, where the message shows one, the entity for it."""
        for message in messages:
            text = message.get(TEXT) or ""
            metadata = message.get(_METADATA)
            known = as_language(metadata.get(wire.META_LANGUAGE)) if isinstance(metadata, dict) else None
            shown = None if text.startswith(_COMMAND) else self.identify(text, mentions_of(message), known)
            message.set(LANGUAGE_PROPERTY, shown or known)
            if shown is not None:
                entity = {"entity": wire.LANGUAGE_ENTITY, "value": shown, "start": 0, "end": len(text)}
                entities = [*(message.get(ENTITIES) or []), {**entity, "extractor": type(self).__name__}]
                message.set(ENTITIES, entities, add_to_output=True)
        return messages

    def identify(self, text: str, mentions: list[Mention], known: Language | None = None) -> Language | None:
        """Return the language that a text shows; ``known`` is the conversation's, which short texts do not change."""
        words = _WORD.findall(visible(without_names(text, mentions)))
        if self._model is None or not words:
            return None
        own = as_language(self._own.get(fold(" ".join(words))))
        if known is None and own is not None:
            return own
        probabilities = self._model.probabilities(" ".join(words))
        likeliest = max(probabilities, key=lambda language: probabilities[language])
        language = as_language(likeliest)
        short = len(text[:MAX_CHARACTERS].split()) < self._config["words"]
        if known is None or known == language:
            least = self._config["claim_short" if short else "claim"]
        elif short or sum(len(word) > 1 for word in words) < _SWITCH_OWN_WORDS:
            clear = own is not None and own != known and probabilities[own] >= self._config["switch"]
            return own if clear else None  # "bedankt" in a conversation in English
        else:
            least = self._config["switch"]
        return language if probabilities[likeliest] >= least else None


def without_names(text: str, mentions: list[Mention]) -> str:
    """Return the text, at most its first MAX_CHARACTERS, with a gap for each certain name of a place or line."""
    text = text[:MAX_CHARACTERS]
    for each in reversed(mentions):
        if each["strong"] and _NAMES.intersection(each["kinds"]):
            text = f"{text[: each['start']]} \n {text[each['end'] :]}"
    return text


def _short_and_own(examples: list[tuple[str, Language]], words: int) -> dict[str, str]:
    """Return the examples of fewer words that only one language has."""
    languages: defaultdict[str, set[Language]] = defaultdict(set)
    for text, language in examples:
        if len(text.split()) < words:
            languages[fold(text)].add(language)
    return {text: min(found) for text, found in languages.items() if len(found) == 1}


def _examples(training_data: TrainingData) -> Iterator[tuple[str, Language]]:
    for message in training_data.intent_examples:
        language = as_language(message.get(LANGUAGE_PROPERTY))
        words = _WORD.findall(without_names(message.get(TEXT) or "", mentions_of(message)))
        if language is not None and words:
            yield " ".join(words), language
