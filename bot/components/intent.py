"""Rasa component that classifies a message's intent on the masked sentence, and says so where it is not sure.

Where the likeliest intent is not likely enough, or the two likeliest are too close, the intent is ``nlu_fallback``; the
ranking stays the model's, so that a clarification can offer what is likeliest. Phrases that the vocabulary calls
decisive ("odeur de gaz") settle their intent as soon as the model does not rule it out.
"""

from __future__ import annotations

import json
from typing import Any, Final

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.folding import folded
from bot.components.intent_model import IntentModel
from bot.components.masking import masked
from bot.components.mentions import mentions_of
from bot.components.tries import PhraseTrie
from bot.importers import lookups
from kit import wire
from kit.text import fold

_FILE: Final = "decisive.json"

Ranking = list[tuple[str, float]]

#: A fact and a question that are no further apart are taken for the question.
_RIVALS: Final = 0.25
#: Questions that a bare fact ("sac jaune rue Blaes 20") can belong to.
_QUESTIONS: Final = frozenset(
    {"waste_collection_day", "transport_next_departures", "permit_procedure", "city_commune_contact"}
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MaskedIntentClassifier(GraphComponent, IntentClassifier):
    """Sets intent and ranking."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the options.

        ``threshold`` is the least probability of an intent and ``margin`` its least distance to the next one; below
        either the intent is ``nlu_fallback``. ``decisive`` is the least probability of an intent that one of its
        decisive phrases then settles. ``regularisation`` is the linear model's C. ``lemmas`` adds the lemmas of words
        to the sentence; it needs a tokenizer that gives them, before this component.
        """
        return {
            "threshold": 0.4,
            "margin": 0.0,
            "decisive": 0.02,
            "regularisation": 30.0,
            "lemmas": False,
            "seed": 20261123,
        }

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: IntentModel | None = None,
        decisive: list[tuple[str, str]] | None = None,
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._model = model
        self._decisive = PhraseTrie((fold(phrase).split(), intent) for intent, phrase in decisive or [])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MaskedIntentClassifier:
        """Return a classifier that knows no intent yet."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples of all languages together, and store the model."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        texts = [self.sentence(message) for message in examples]
        intents = [message.get(INTENT) for message in examples]
        decisive = [
            (intent, phrase)
            for (_, intent), phrases in lookups.tables_of(training_data, lookups.DECISIVE)
            for phrase in phrases
        ]
        if len(set(intents)) > 1:
            config = self._config
            model = IntentModel.fit(texts, intents, regularisation=config["regularisation"], seed=config["seed"])
            with self._storage.write_to(self._resource) as folder:
                model.save(folder)
                (folder / _FILE).write_text(json.dumps(decisive, ensure_ascii=False), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> MaskedIntentClassifier:
        """Return the classifier with the model that ``train`` stored."""
        try:
            with model_storage.read_from(resource) as folder:
                decisive = [tuple(pair) for pair in json.loads((folder / _FILE).read_text(encoding="utf-8"))]
                return cls(config, model_storage, resource, IntentModel.load(folder), decisive)
        except ValueError:  # nothing was stored: the data had one intent only
            return cls(config, model_storage, resource)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent and the ranking of messages."""
        for message in messages:
            text = message.get(TEXT) or ""
            ranking = self.rank(self.sentence(message))
            name, confidence = self.decide(text, ranking)
            message.set(INTENT, _as_output(name, confidence), add_to_output=True)
            message.set(INTENT_RANKING_KEY, [_as_output(*each) for each in ranking], add_to_output=True)
        return messages

    def sentence(self, message: Message) -> str:
        """Return what the model is given of a message: its masked text, with lemmas if those are wanted."""
        plain = masked(message.get(TEXT) or "", mentions_of(message))
        if not self._config["lemmas"]:
            return plain
        pairs = ((token.text, token.lemma) for token in message.get(TOKENS_NAMES[TEXT]) or [])
        lemmas = (fold(lemma) for text, lemma in pairs if lemma != text)
        return " ".join([plain, *filter(None, lemmas)])

    def rank(self, masked_text: str) -> Ranking:
        """Return the intents for a masked sentence, likeliest first; none for a sentence without words or signs."""
        if self._model is None or not any(character.isalnum() for character in masked_text):
            return []
        return self._model.ranking(masked_text)

    def decide(self, text: str, ranking: Ranking) -> tuple[str, float]:
        """Return the intent and how sure that is."""
        if not ranking:
            return wire.FALLBACK_INTENT, 1.0
        settled = self._settled(text)
        for intent, probability in ranking:
            if intent in settled and probability >= self._config["decisive"]:
                return intent, max(probability, self._config["threshold"])
        (first, likely), (second, next_likely) = ranking[0], ranking[1]
        if likely < self._config["threshold"]:
            return wire.FALLBACK_INTENT, 1.0 - likely
        if likely - next_likely < _RIVALS and wire.INFORM_INTENT in (first, second):
            # A fact and the question that it belongs to are no rivals: both lead to the same answer.
            question = second if first == wire.INFORM_INTENT else first
            if question in _QUESTIONS:
                return question, min(1.0, likely + next_likely)
        if likely - next_likely < self._config["margin"]:
            return wire.FALLBACK_INTENT, 1.0 - likely
        return first, likely

    def _settled(self, text: str) -> set[str]:
        words = [word.text for word in folded(text).words]
        found = (self._decisive.longest(words, start) for start in range(len(words)))
        return {intent for labels in found if labels is not None for intent in labels[1]}


def _as_output(name: str, confidence: float) -> dict[str, Any]:
    return {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence}
