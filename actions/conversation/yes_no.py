"""Answers a yes or a no outside forms: to a guess of the assistant, to "anything else?", or to nothing at all."""

from __future__ import annotations

from typing import Any, Final

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CityAction
from actions.capabilities import CAPABILITIES, topics
from actions.conversation.continuing import Continuation, asked_in_words, changes
from actions.conversation.guessed import SLOT
from actions.conversation.history import last_said, previous_actions
from actions.speech import say
from actions.subject_places import settled
from actions.subjects import SUBJECTS, WORDS
from actions.turn import Turn

#: What answers a guess that has no form.
_ANSWERS: Final = {"ask_human": "action_ask_human", "city_emergency": "utter_emergency"}

#: The reply that asks whether there is anything else.
_ANYTHING_ELSE: Final = "utter_thank"


class Affirm(CityAction):
    """Takes a guess that was right."""

    action_name = "action_affirm"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Answer what was guessed; without a guess, ask for the question."""
        question = turn.pending(SLOT)
        if question.get("yes"):
            return [SlotSet("pending", None), *_called_for(question)]
        open_question = _answered(turn)
        if open_question:
            return open_question
        if question:
            return [FollowupAction("action_clarify")]  # "yes" to "this or that?"
        if _said_before(turn) == _ANYTHING_ELSE or last_said(turn) is None:
            say(say_to, "utter_affirmed", options=topics())
        else:
            say(say_to, "utter_acknowledged")
        return []


class Deny(CityAction):
    """Takes back a guess that was wrong."""

    action_name = "action_deny"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Ask what was meant, or end where nothing else was wanted."""
        open_question = _answered(turn)
        if open_question:
            return open_question
        if not turn.pending(SLOT) and _said_before(turn) == _ANYTHING_ELSE:
            say(say_to, "utter_goodbye")
            return []
        say(say_to, "utter_denied", options=topics(person=True))
        return [SlotSet("pending", None)]


def _answered(turn: Turn) -> list[EventType]:
    """Return the events that take a yes or a no to the question of a subject; none where none is open."""
    place = settled(turn)
    if place:
        return place
    asked = asked_in_words(turn)
    return asked.events() if asked else []


def _called_for(question: dict[str, Any]) -> list[EventType]:
    intent = str(question["yes"])
    capability = CAPABILITIES.get(intent)
    if intent in SUBJECTS:
        subject = SUBJECTS[intent]
        facts = {name: value for name, value in dict(question["facts"]).items() if name in subject.facts}
        words = {WORDS: question["words"]} if question.get("words") else {}
        asked = SlotSet("shown", {**words, **facts})
        return [SlotSet("last_question", intent), asked, FollowupAction(subject.answer)]
    if capability is None:
        return [FollowupAction(_ANSWERS[intent])]
    return Continuation(capability, changes(capability, dict(question["facts"]), starts=True)).events()


def _said_before(turn: Turn) -> str:
    """Return the last action before the latest message that said something."""
    silent = {"action_listen", "action_deactivate_loop", "action_extract_slots"}
    return next((name for name in previous_actions(turn) if name not in silent), "")
