"""The base of answers at a place: the place that was said, the one that is known, or the question which it is."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, Final

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.places.houses import house_id, house_number
from actions.places.resolution import Resolution, is_place_id
from actions.subject_answers import SubjectAnswer
from actions.subject_places import STAND_INS, ask_for, ask_which, find
from actions.subjects import ASKED_FOR, Asked
from actions.turn import ANOTHER, Turn

#: Under this the facts hold the id of a street whose house number was asked for.
STREET: Final = "street"


class PlaceAnswer(SubjectAnswer):
    """Answers one subject at a place; the place is remembered by its id and stays known to other questions."""

    #: The fact, and slot, that holds the place.
    fact: ClassVar[str] = "address"
    #: Kinds of places that fit, as the façade names them; a name of several kinds means the first.
    kinds: ClassVar[tuple[str, ...]]
    #: The reply that asks for the place, and the one that says that none is called ``query``.
    question: ClassVar[str]
    unknown: ClassVar[str]

    def asked(self, turn: Turn) -> Asked:
        """Return the facts of the question; a place that is said anew takes the place of the one before."""
        before = self.wanted(turn)
        asked = super().asked(turn)
        names = STAND_INS[self.fact]
        said = turn.facts().keys() & set(names)
        if said:
            asked.pop(STREET, None)  # no house number of the street before
        if turn.intent != self.subject and said and before is None:
            asked = {name: value for name, value in asked.items() if name in said or name not in names}
        return asked

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the facts at the place, or ask which it is."""
        written = next((asked[name] for name in STAND_INS[self.fact] if asked.get(name)), None)
        if written is None and turn.intent == self.subject:
            written = self.known(turn)
        if written is None or written == ANOTHER:
            _forget(asked, self.fact)
            ask_for(say_to, asked, self.fact, self.question)
            return []
        asked[self.fact] = _door(asked.pop(STREET, None), written) or written
        found = await self.find(asked)
        if found.place_id is None:
            return ask_which(say_to, self.subject, asked, self.fact, found, unknown=self.unknown)
        _forget(asked, self.fact)
        asked[self.fact] = found.place_id
        return [SlotSet(self.fact, found.place_id), *await self.tell_at(turn, found.place_id, asked, say_to)]

    async def find(self, asked: Asked) -> Resolution:
        """Find the place that was written."""
        return await find(self.services.city, asked, self.fact, self.kinds)

    def known(self, turn: Turn) -> str | None:
        """Return the place that earlier messages were about; what is no id was not found, or is of this message."""
        value = turn.slot(self.fact)
        return value if value and is_place_id(value) else None

    @abstractmethod
    async def tell_at(self, turn: Turn, place: str, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the facts at a place, by its id."""


def ask_number(asked: Asked, street: str) -> None:
    """Let the next message give the house number in a street, once the question for it has been said."""
    asked[STREET] = street
    asked[ASKED_FOR] = "address"


def _door(street: str | None, written: str) -> str | None:
    """Return the address that a house number is, where one was asked for."""
    number = house_number(written) if street and not is_place_id(written) else None
    return house_id(street, number) if street and number else None


def _forget(asked: Asked, fact: str) -> None:
    for name in STAND_INS[fact]:
        asked.pop(name, None)
