"""Returns a greeting, and says what can be asked."""

from __future__ import annotations

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CityAction
from actions.capabilities import topics
from actions.speech import say
from actions.turn import Turn


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
    """Says what can be asked, by topic."""

    action_name = "action_help"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it."""
        say(say_to, "utter_help", options=topics(person=True))
        return []
