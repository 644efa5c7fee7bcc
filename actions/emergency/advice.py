"""The right number beside 112, after the first words of an emergency have been said."""

from __future__ import annotations

from typing import Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import paragraphs, worded
from actions.base import CityAction
from actions.city.models import PublicContact
from actions.emergency.situations import situations
from actions.speech import say, source_of
from actions.turn import Turn
from kit.replies import Part, text

#: Most numbers that are added: who is in danger must not have to choose.
MAX_NUMBERS: Final = 2


class EmergencyAdvice(CityAction):
    """Adds the number for gas, poison, violence and the like, with what to do first.

    The reply ``utter_emergency`` came before this and holds the vital numbers, so whatever fails here stays silent.
    """

    action_name = "action_emergency_advice"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the numbers that fit what was written, if any do."""
        wanted = situations(turn.text)
        if not wanted:
            return []
        language = turn.language or "fr"
        contacts = await self.services.city.contacts(language)
        fitting = [each for each in contacts if each.phone and set(wanted) & set(each.situations)]
        fitting.sort(key=lambda each: language not in each.languages)  # stable: the façade's order within
        if fitting:
            said = paragraphs([_advice(each) for each in fitting[:MAX_NUMBERS]])
            say(say_to, said["id"], source=source_of(fitting[0]), **said["params"])
        return []

    def when_city_is_down(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say nothing more."""
        del turn, say_to
        return []

    def when_it_fails(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say nothing more."""
        del turn, say_to
        return []


def _advice(contact: PublicContact) -> Part:
    return text(
        "emergency_advice",
        name=worded(contact.names or contact.name),
        phone=str(contact.phone),
        advice=worded(contact.when_to_call or ""),
    )
