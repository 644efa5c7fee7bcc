"""Rasa component that takes a few words with a fact for what they are: a follow-up to the question before.

"Et samedi ?", "en terug?", "and in Jette?" hardly say an intent, and what the classifier makes of them is a guess. What
was asked before says more: where a short message names for certain what that question can be about, and the guess is an
intent that no fact belongs to, the message is a fact. The channel sends the question as metadata.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.mentions import PLACES, Mention, mentions_of
from bot.components.wanted import WANTED
from kit import wire

_METADATA: Final = "metadata"
#: Guesses that no fact belongs to; a request for a language is one where the message names a language.
_GUESSES: Final = frozenset({wire.FALLBACK_INTENT, "out_of_scope", "ask_repeat", "change_language"})
_LANGUAGE: Final = "language"
_CHANGE: Final = "change_language"
#: "À demain" takes leave; the hour of a clock and next to nothing else ("à 20h") does not.
_LEAVE: Final = "goodbye"
_CLOCK: Final = re.compile(r"\d")
_HOUR_WORDS: Final = 3
#: A commune alone may ask for its counters; after a question for which a commune says where, it is that fact.
_COUNTERS: Final = "city_commune_contact"
_COMMUNE: Final = "commune"
#: What an intent wants by the name of a role, and the kinds of mentions that can have it.
_ROLES: Final = {
    "ride": PLACES | {"direction"},
    "trip": PLACES | {"direction"},
    "address": PLACES,
    "stop": PLACES,
    "commune": frozenset({"commune", "locality"}),
}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FollowUps(GraphComponent):
    """Makes facts of short messages in a conversation; stands between the classifier and ``EntityTyping``."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the options: with more than ``words`` words a message speaks for itself."""
        return {"words": 5}

    def __init__(self, config: dict[str, Any]) -> None:
        self._words = int(config["words"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FollowUps:
        """Return the component; it learns nothing."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent of messages that go on with the question before."""
        for message in messages:
            question = (message.get(_METADATA) or {}).get(wire.META_QUESTION)
            intent = str((message.get(INTENT) or {}).get(INTENT_NAME_KEY) or "")
            text, mentions = message.get(TEXT) or "", [each for each in mentions_of(message) if each["strong"]]
            if intent == _LEAVE and len(text.split()) <= _HOUR_WORDS and any(map(_is_hour, mentions)):
                _take(message)
                continue
            if not isinstance(question, str):
                continue
            if intent == _COUNTERS and question != _COUNTERS and _is_a_commune(text, mentions_of(message)):
                if _COMMUNE in WANTED.get(question, ()):
                    _take(message)
                continue
            if intent not in _GUESSES or intent == _LEAVE:
                continue
            if intent == _CHANGE and any(_LANGUAGE in each["kinds"] for each in mentions):
                continue
            if len(text.split()) <= self._words and _fits(question, mentions):
                _take(message)
        return messages


def _is_hour(mention: Mention) -> bool:
    return "time" in mention["kinds"] and _CLOCK.search(mention["value"]) is not None


def _is_a_commune(text: str, mentions: Sequence[Mention]) -> bool:
    """Tell whether a message names a commune and has at most one word more ("Forest", "in Vorst")."""
    named = next((each for each in mentions if _COMMUNE in each["kinds"]), None)
    return named is not None and len((text[: named["start"]] + text[named["end"] :]).split()) <= 1


def _fits(question: str, mentions: Sequence[Mention]) -> bool:
    wanted = frozenset[str]().union(*(_ROLES.get(each, frozenset({each})) for each in WANTED.get(question, ())))
    return any(wanted.intersection(each["kinds"]) for each in mentions)


def _take(message: Message) -> None:
    """Set the intent to a fact, and put it first in the ranking, as likely as what was first."""
    fact = wire.INFORM_INTENT
    ranking = message.get(INTENT_RANKING_KEY) or []
    likely = max((each[PREDICTED_CONFIDENCE_KEY] for each in ranking), default=1.0)
    first = {INTENT_NAME_KEY: fact, PREDICTED_CONFIDENCE_KEY: likely}
    message.set(INTENT, dict(first), add_to_output=True)
    others = [each for each in ranking if each[INTENT_NAME_KEY] != fact]
    message.set(INTENT_RANKING_KEY, [first, *others], add_to_output=True)
