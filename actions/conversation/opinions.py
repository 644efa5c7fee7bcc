"""Answers what is said of the assistant: praise, complaints and insults."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CityAction
from actions.capabilities import topics
from actions.conversation.guessed import SLOT
from actions.cues import labels_in
from actions.speech import say
from actions.turn import Turn
from kit.replies import text

log = logging.getLogger(__name__)

#: Words by which praise is none ("bravo, three hours that I have been waiting").
_CUES: Final = Path(__file__).with_suffix(".yml")


class TakeFeedback(CityAction):
    """Thanks for praise; for a complaint says sorry once and shows another way. Counted by subject, without words."""

    action_name = "action_take_feedback"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it."""
        log.info("%s about %s", turn.intent, turn.slot("last_question") or "nothing yet")
        if turn.intent == "feedback_positive" and not labels_in(turn.text, _CUES):
            say(say_to, "utter_feedback_positive")
        elif turn.pending(SLOT).get("yes"):
            return [FollowupAction("action_deny")]  # "that's not right" to "is it about …?"
        else:
            options = [] if turn.form else topics(person=True)
            say(say_to, "utter_feedback_negative", contact=text(self.contact), options=options)
        return []


class StayCalm(CityAction):
    """Stays calm with who is not, and offers a way on and a person."""

    action_name = "action_stay_calm"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it."""
        say(say_to, "utter_insult", contact=text(self.contact), options=[] if turn.form else topics(person=True))
        return []
