"""The base of answers that open no form: what was asked, what a follow-up changes in it, and saying it again.

What an answer was about is kept in ``shown``. A message that only gives a fact ("and the 92?", "et le polystyrène ?")
changes that fact and is answered anew; an answer that is called for again, perhaps in another language, stays the same.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CityAction
from actions.subjects import CONTINUES, SUBJECTS, WORDS
from actions.turn import Turn

#: What was asked: facts by the names of their entities, and the message's words by WORDS.
Asked = dict[str, str]


class SubjectAnswer(CityAction):
    """Answers one subject."""

    subject: ClassVar[str]

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the answer and remember what it was about."""
        asked = self.asked(turn)
        events = await self.tell(turn, asked, say_to)
        return [SlotSet("last_question", self.subject), SlotSet("shown", asked), *events]

    @abstractmethod
    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the facts, or what is missing; ``asked`` may be changed to what is to be remembered."""

    def asked(self, turn: Turn) -> Asked:
        """Return the facts of the question: the message's own, over those of the question before that it continues."""
        subject = SUBJECTS[self.subject]
        said = {name: value for name, value in turn.facts().items() if name in subject.facts}
        if turn.intent == self.subject:
            return {**({WORDS: turn.text} if turn.text else {}), **said}
        before = {name: str(value) for name, value in turn.memory("shown").items()}
        if turn.intent not in CONTINUES:
            return before
        words = {WORDS: turn.text} if subject.takes_words and not said and turn.text else {}
        return {**before, **words, **said}
