"""Says who answers what the assistant understands and does not answer itself."""

from __future__ import annotations

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CityAction
from actions.capabilities import topics
from actions.speech import say
from actions.subjects import SUBJECTS
from actions.turn import Turn
from kit.replies import text


class Signpost(CityAction):
    """Names the subject, so that the resident sees what was understood, and who knows."""

    action_name = "action_signpost"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it; repeated in another language, it is about the subject said last."""
        subject = SUBJECTS.get(turn.intent) or SUBJECTS[turn.slot("last_question") or ""]
        options = [] if turn.form else topics(person=True)
        say(say_to, "utter_signpost", topic=text(subject.label), contact=text(subject.contact), options=options)
        return [] if turn.form else [SlotSet("last_question", subject.intent)]
