"""Leaves whatever was under way, says that nothing was sent where something could have been; stops a reminder,
or waiting for a person."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CityAction
from actions.filing.form import SLOT, draft_of
from actions.reminders.answer import stop_told
from actions.speech import say
from actions.turn import Turn
from kit.tasks import leave_queue


class Stop(CityAction):
    """Drops the draft; the rule then leaves the form."""

    action_name = "action_stop"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it."""
        if draft_of(turn) is None:
            if turn.form is None and turn.kept.get("waiting"):
                say(say_to, "utter_stopped", tasks=[leave_queue()])
            elif turn.form or not stop_told(turn, say_to):
                say(say_to, "utter_stopped")
            return []
        say(say_to, "filing_stopped")
        return [SlotSet("draft", None), SlotSet(SLOT, None)]
