"""The base of the forms' validators.

A validator says nothing: it fills the slot or leaves an open question in the slot ``pending``. The asking action then
says that question, now and each time the form comes back to it after an aside.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar, Final

from rasa_sdk.events import ActionExecutionRejected, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CityAction
from actions.conversation.continuing import continuation
from actions.conversation.language import wanted_language
from actions.turn import ANOTHER, Turn
from kit.wire import FALLBACK_INTENT, INFORM_INTENT, LANGUAGE_SLOT, PHOTO_ENTITY

#: After this many answers that fit nothing, the form is left and a person is offered.
MAX_TRIES: Final = 3

_ANSWERS: Final = frozenset({INFORM_INTENT, FALLBACK_INTENT, "correct_input"})

#: A name that nothing knows looks like nonsense: up to this many words it is taken for an answer all the same.
OUT_OF_SCOPE: Final = "out_of_scope"
MAX_NAME_WORDS: Final = 4


class FormValidator(CityAction):
    """Fills one form's slot, or leaves the question that would fill it."""

    form: ClassVar[str]
    slot: ClassVar[str]
    #: The capability that opens the form.
    capability: ClassVar[str]

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Decide what the latest message means to this form."""
        del say_to
        events = await self._decide(turn)
        if self._asks(turn):
            return events
        # Opening a form reads the message's entities once more; a language that was just chosen stays chosen.
        wanted = wanted_language(turn)
        return [*events, SlotSet(LANGUAGE_SLOT, wanted)] if wanted else events

    async def _decide(self, turn: Turn) -> list[EventType]:
        reopened = turn.reopened(self.slot)
        if reopened:  # by the answer, which has a question of its own; Rasa gives back what the message said
            return self.unfilled(reopened)
        if turn.entity(PHOTO_ENTITY) and self._asks(turn):
            return self.unfilled(turn.memory("pending") or None)  # a photo answers no such question: it is asked again
        if turn.intent == self.capability:
            return await self.open(turn, turn.slot(self.slot))
        if turn.intent in _ANSWERS:
            return await self._answered(turn)
        if self._asks(turn):
            return await self._aside(turn)
        known = turn.slot(self.slot)
        return await self.open(turn, known) if known else []  # opened by another action, the slot perhaps known

    @abstractmethod
    async def open(self, turn: Turn, value: str | None) -> list[EventType]:
        """Take what is known when the question is put; ``value`` is the slot's, perhaps from an earlier question."""

    @abstractmethod
    async def fill(self, turn: Turn, value: str) -> list[EventType]:
        """Find what an answer to the form's question means."""

    async def _answered(self, turn: Turn) -> list[EventType]:
        value = turn.slot(self.slot)
        if value == ANOTHER:
            return self.unfilled(None)
        if not self._asks(turn):
            return await self.open(turn, value)
        if self._is_about_the_last_answer(turn):
            return [*self.unfilled(turn.memory("pending") or None), ActionExecutionRejected(self.form)]
        if not value:
            return self.unfilled(turn.memory("pending") or None)
        return await self.fill(turn, value)

    def takes(self, turn: Turn) -> bool:
        """Tell whether the facts of a message may answer this form's question."""
        return turn.entity(self.slot) is not None

    def _is_about_the_last_answer(self, turn: Turn) -> bool:
        """Tell whether a message goes on with the answer in the middle of this form ("and the other way?").

        Once it has been answered as that, the form comes back with its question.
        """
        if not turn.entity_names() or self.takes(turn) or set(turn.actions_so_far()) - {self.form}:
            return False
        found = continuation(turn)
        return found is not None and found.intent == turn.slot("last_question") != self.capability

    async def _aside(self, turn: Turn) -> list[EventType]:
        """Decide about a message that the form did not ask for; no event leaves it to the rules, which come back."""
        wrong = turn.intent == "feedback_negative" and turn.pending(self.slot).get("yes")
        if turn.intent in {"affirm", "deny"} or wrong:
            return self._settled(turn)
        if turn.intent == OUT_OF_SCOPE and turn.text:
            return await self._guessed(turn)
        # "Fire in rue Blaes 20" fills the address that was asked for, and is no answer to the question.
        return [ActionExecutionRejected(self.form)] if self._was_just_filled(turn) else []

    async def _guessed(self, turn: Turn) -> list[EventType]:
        """Take words that mean nothing else for an answer, where they are as few as a name's or fit something."""
        events = await self.fill(turn, turn.text)
        question: dict[str, Any] = next((e["value"] for e in events if e.get("name") == "pending"), {}) or {}
        filled = any(event.get("name") == self.slot and event["value"] for event in events)
        return events if filled or question.get("options") or len(turn.text.split()) <= MAX_NAME_WORDS else []

    def _settled(self, turn: Turn) -> list[EventType]:
        """Take a yes or a no to "did you mean …?"; without such a question the form asks again."""
        pending = turn.pending(self.slot)
        guess = pending.get("yes")
        if not guess:
            return self.unfilled(pending or None)
        return self.filled(str(guess)) if turn.intent == "affirm" else self.unfilled({"slot": self.slot})

    def filled(self, value: str) -> list[EventType]:
        """Return the events of a slot that is filled and a question that is closed."""
        return [SlotSet(self.slot, value), SlotSet("pending", None)]

    def unfilled(self, pending: dict[str, Any] | None) -> list[EventType]:
        """Return the events of a slot that stays open, with what to ask."""
        return [SlotSet(self.slot, None), SlotSet("pending", pending)]

    def refused(self, turn: Turn, pending: dict[str, Any]) -> list[EventType]:
        """Return the events of an answer that fits nothing; the last try leaves the form."""
        tries = int(turn.memory("pending").get("tries", 0)) + 1
        if tries >= MAX_TRIES:
            return [
                SlotSet(self.slot, None),
                SlotSet("pending", {"slot": self.slot, "problem": "given_up"}),
                SlotSet("requested_slot", None),
            ]
        return self.unfilled({**pending, "tries": tries})

    def handed_over(self, events: list[EventType]) -> list[EventType]:
        """Leave the form: the action behind it hands the message over."""
        del events
        return [SlotSet("requested_slot", None)]

    def when_city_is_down(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Leave the form: the action behind it will say that the data cannot be reached."""
        del say_to
        return [
            SlotSet(self.slot, turn.slot(self.slot)),
            SlotSet("pending", {"slot": self.slot, "problem": "city_down"}),
            SlotSet("requested_slot", None),
        ]

    def when_it_fails(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say so and leave the form, so that the resident is not asked for ever."""
        super().when_it_fails(turn, say_to)
        return [
            SlotSet(self.slot, None),
            SlotSet("pending", {"slot": self.slot, "problem": "failed"}),
            SlotSet("requested_slot", None),
        ]

    def _asks(self, turn: Turn) -> bool:
        """Tell whether this form had asked its question before the latest message."""
        return turn.form == self.form and turn.tracker.slots.get("requested_slot") == self.slot

    def _was_just_filled(self, turn: Turn) -> bool:
        return self.slot in turn.tracker.slots_to_validate() and turn.slot(self.slot) is not None
