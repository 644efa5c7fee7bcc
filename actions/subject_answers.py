"""The base of answers that open no form: what was asked, what a follow-up changes in it, and saying it again.

What an answer was about is kept in ``shown``. A message that only gives a fact ("and the 92?", "et le polystyrène ?")
changes that fact and is answered anew; an answer that is called for again, perhaps in another language, stays the same.
An answer that misses a fact asks for it and leaves its name under ``ASKED_FOR``: the next message gives it.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, Final

from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CityAction
from actions.conversation.costs import cost_of_the_last
from actions.conversation.details import Led
from actions.forms.resuming import resumed
from actions.speech import ask, say
from actions.subject_places import STAND_INS, picked
from actions.subjects import ASKED_FOR, CONTINUES, FILE, SUBJECTS, WORDS, Asked
from actions.turn import Turn
from kit.replies import text

__all__ = ["Asked", "SubjectAnswer"]

#: A form that waits for an answer is left where another question is asked: one reply asks one. A request goes on.
_LEFT: Final = (ActiveLoop(None), SlotSet("requested_slot", None))
#: Facts that narrow another one down, and are no answer to the question for it.
_NARROWING: Final = frozenset({"commune"})


class SubjectAnswer(CityAction):
    """Answers one subject."""

    subject: ClassVar[str]

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the answer and remember what it was about."""
        asked = self.asked(turn)
        events = await self.tell(turn, asked, say_to)
        return [
            SlotSet("last_question", self.subject),
            SlotSet("shown", asked),
            *events,
            *(_LEFT if asked.get(ASKED_FOR) and turn.form not in (None, FILE) else self._back(turn, events, say_to)),
        ]

    def _back(self, turn: Turn, events: list[EventType], say_to: CollectingDispatcher) -> list[EventType]:
        """Go back to an open form; after a message of this subject's own intent a rule does that."""
        return [] if turn.intent == self.subject else resumed(turn.form, "", events, say_to)

    def elsewhere(self, turn: Turn) -> Led | None:
        """Return where a message belongs; while a form is open, what asks for a price is an aside of the form's."""
        return super().elsewhere(turn) or cost_of_the_last(turn)

    @abstractmethod
    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the facts, or what is missing; ``asked`` may be changed to what is to be remembered."""

    def asked(self, turn: Turn) -> Asked:
        """Return the facts of the question: the message's own, over those of the question before that it continues."""
        subject = SUBJECTS[self.subject]
        said = {name: value for name, value in turn.facts().items() if name in subject.facts}
        before = {name: str(value) for name, value in turn.memory("shown").items()}
        wanted = self.wanted(turn)
        if turn.intent == self.subject and wanted is None:
            return {**({WORDS: turn.text} if turn.text else {}), **said}
        if wanted and turn.intent in {*CONTINUES, self.subject}:
            del before[ASKED_FOR]
            given = _given(turn, wanted, said, before)
            if turn.intent == self.subject and not given and said.keys() != _NARROWING:
                before.pop(wanted, None)  # asked anew, without what was not clear
            words = {WORDS: turn.text} if turn.intent == self.subject and turn.text else {}
            return {**before, **words, **said, **given}
        if turn.intent not in CONTINUES:
            return before
        words = {WORDS: turn.text} if subject.takes_words and not said and turn.text else {}
        return {**before, **words, **said}

    def when_city_is_down(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say so, and offer to ask the very same question again."""
        asked = self.asked(turn)
        facts = {name: value for name, value in asked.items() if name in SUBJECTS[self.subject].facts}
        again = ask("choice_try_again", self.subject, **facts)
        say(say_to, "utter_city_unavailable", contact=text(self.contact), options=[again])
        return [SlotSet("last_question", self.subject), SlotSet("shown", asked)]

    def wanted(self, turn: Turn) -> str | None:
        """Return the fact that this subject's last answer asked for, if it did."""
        shown = turn.memory("shown")
        return str(shown[ASKED_FOR]) if turn.slot("last_question") == self.subject and ASKED_FOR in shown else None


def _given(turn: Turn, wanted: str, said: Asked, before: Asked) -> Asked:
    """Return the fact that was asked for, as the message gives it: a choice's number, a name, or the words alone."""
    if wanted in said:
        return {}
    choice = picked(turn, wanted)
    if choice:
        return {wanted: choice}
    if said.keys() == _NARROWING and wanted in before:
        return {}  # "in Ixelles" says which of them
    stand_in = next((said[name] for name in STAND_INS.get(wanted, ()) if name in said), None)
    if stand_in:
        return {wanted: stand_in}
    return {wanted: turn.text} if turn.text and not said and turn.intent in CONTINUES else {}
