"""Returns a greeting, and says what can be asked."""

from __future__ import annotations

from typing import Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CityAction
from actions.capabilities import CAPABILITIES, topics
from actions.speech import ask, say
from actions.subjects import SUBJECTS
from actions.turn import Turn
from kit.replies import Part

#: The entity of a choice that names a topic, and the topics, which are the beginnings of their intents' names.
TOPIC: Final = "topic"
_TOPICS: Final = {
    "waste": "topic_waste",
    "transport": "topic_transport",
    "permit": "topic_permits",
    "city": "topic_city",
}


class Greet(CityAction):
    """Says what this is and in which languages it answers; topics are offered where no question is open."""

    action_name = "action_greet"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it."""
        if turn.form:
            say(say_to, "utter_greet_again")
        else:
            say(say_to, "utter_greet", options=topics())
        return []


class Help(CityAction):
    """Says what can be asked: the topics, or the subjects of one."""

    action_name = "action_help"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it."""
        topic = turn.entity(TOPIC)
        if topic in _TOPICS:
            say(say_to, "utter_help_topic", options=[*_subjects(topic), ask("choice_topics", turn.intent)])
        else:
            options = [ask(label, turn.intent, **{TOPIC: each}) for each, label in _TOPICS.items()]
            say(say_to, "utter_help", options=[*options, ask("choice_person", "ask_human")])
        return []


def _subjects(topic: str) -> list[Part]:
    """Return a choice for each question of a topic, those that are asked most first."""
    labels = {intent: each.label for intent, each in CAPABILITIES.items()}
    labels |= {intent: each.label for intent, each in SUBJECTS.items()}
    return [ask(label, intent) for intent, label in labels.items() if intent.startswith(f"{topic}_")]
