"""Says plainly what the assistant does not know, and who does where that is clear."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import worded
from actions.base import CityAction
from actions.capabilities import topics
from actions.city.errors import CityUnavailableError
from actions.city.models import PublicContact
from actions.conversation.continuing import same_subject
from actions.cues import labels_in
from actions.speech import say, source_of
from actions.subjects import ASKED_FOR
from actions.turn import Turn
from kit.replies import text
from kit.wire import EMERGENCY_INTENT, EMERGENCY_PROBABILITY

#: Which of the façade's contacts knows about what: ids, each with the words that tell.
_ELSEWHERE: Final = Path(__file__).with_name("elsewhere.yml")


class OutOfScope(CityAction):
    """Says what it does not know, who may, and what it can do."""

    action_name = "action_out_of_scope"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it; in a form its own question follows, so no topics are offered there.

        A name that nothing knows looks like nonsense: where a fact was asked for, it is taken for that.
        """
        answered = same_subject(turn) if ASKED_FOR in turn.memory("shown") and not turn.form else None
        if answered:
            return answered.events()
        options = [] if turn.form else topics(person=True)
        known = labels_in(turn.text, _ELSEWHERE)
        contact = await self._contact(known[0], turn) if known else None
        if contact is None:
            say(say_to, "utter_out_of_scope", contact=text(self.contact), options=options)
        else:
            who = worded(contact.names or contact.name)
            source = source_of(contact)
            say(say_to, "utter_known_elsewhere", name=who, phone=str(contact.phone), options=options, source=source)
        if _may_be_urgent(turn):
            say(say_to, "utter_if_in_danger")
        return []

    async def _contact(self, contact_id: str, turn: Turn) -> PublicContact | None:
        """Return who knows; the general number does where the façade cannot say."""
        try:
            contacts = await self.services.city.contacts(turn.language or "fr")
        except CityUnavailableError:
            return None
        return next((each for each in contacts if each.id == contact_id and each.phone), None)


def _may_be_urgent(turn: Turn) -> bool:
    """Tell whether an emergency is likely enough to name its number too ("the neighbours are shouting")."""
    return any(intent == EMERGENCY_INTENT and likely >= EMERGENCY_PROBABILITY for intent, likely in turn.ranking())
