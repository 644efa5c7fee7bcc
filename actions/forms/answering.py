"""The two actions around a form's validator: the one that asks for its slot and the one that answers."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CityAction
from actions.city.errors import CityUnavailableError
from actions.conversation.history import left_form
from actions.forms.resuming import resumed
from actions.places.asking import say_which
from actions.speech import ask, inform, say
from actions.turn import Turn
from kit.replies import Part, text
from kit.wire import PHOTO_ENTITY


class FormAnswer(CityAction):
    """Answers a form's question once its slot is filled, or says why it was left."""

    form: ClassVar[str]
    slot: ClassVar[str]
    capability: ClassVar[str]

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Answer for the place or the procedure in the slot."""
        problem = turn.pending(self.slot).get("problem")
        if problem == "city_down":
            raise CityUnavailableError("found out by the form")
        if problem == "given_up":
            say(say_to, "utter_give_up", contact=text(self.contact), options=way_out())
            return [SlotSet("pending", None)]
        value = turn.slot(self.slot)
        if problem == "failed" or value is None:
            return [SlotSet("pending", None)]  # the validator has said what went wrong
        events = await self.tell(turn, value, say_to)
        return [
            SlotSet("last_question", self.capability),
            *events,
            *resumed(left_form(turn), self.form, events, say_to),
        ]

    @abstractmethod
    async def tell(self, turn: Turn, value: str, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the facts."""

    def ask_again(self, pending: dict[str, Any] | None) -> list[EventType]:
        """Return the events that open the form again, with another question than before."""
        question = pending or {"slot": self.slot, "problem": "gone"}
        return [SlotSet(self.slot, None), SlotSet("pending", question), FollowupAction(self.form)]

    def when_city_is_down(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say so, and offer to ask the very same question again."""
        value = turn.slot(self.slot)
        label = text("choice_try_again")
        again = inform(label, **{self.slot: value}) if value else ask("choice_try_again", self.capability)
        say(say_to, "utter_city_unavailable", contact=text(self.contact), options=[again])
        return [SlotSet("last_question", self.capability), SlotSet("pending", None)]


class AskSlot(CityAction):
    """Says the question that is open about a slot."""

    slot: ClassVar[str]

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the first question, or the one that settles what was said."""
        pending = turn.memory("pending")
        if pending.get("slot") != self.slot:
            pending = {}
        if turn.entity(PHOTO_ENTITY):
            say(say_to, "photo_no_use_here")
        await self.question(turn, pending, say_to)
        return []

    @abstractmethod
    async def question(self, turn: Turn, pending: dict[str, Any], say_to: CollectingDispatcher) -> None:
        """Say the question."""

    def choose(self, pending: dict[str, Any], say_to: CollectingDispatcher) -> bool:
        """Say a question that has choices; tell whether there was one."""
        options = [inform(item["label"], **{self.slot: item["id"]}) for item in pending.get("options") or []]
        if options:
            say_which(say_to, pending, options)
        return bool(options)


def way_out() -> list[Part]:
    """Return the choices for who is stuck in a question: a person, or leave it."""
    return [ask("choice_person", "ask_human"), ask("choice_stop", "stop")]
