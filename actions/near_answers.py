"""The base of answers about what is near a place, wherever somebody is: a street, a square, a stop, a commune."""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.city.errors import CityProblemError
from actions.city.models import Place
from actions.place_answers import PlaceAnswer
from actions.subject_places import STAND_INS, ask_for
from actions.subjects import Asked
from actions.turn import ANOTHER, Turn

#: Facts that name a place, the most precise first.
PLACES: Final = STAND_INS["address"]


class NearAnswer(PlaceAnswer):
    """Answers one subject about what is near."""

    kinds = ("address", "street", "locality", "commune", "stop", "landmark")
    question = "ask_near_where"
    unknown = "near_place_not_found"

    def known(self, turn: Turn) -> str | None:
        """Return the place that earlier messages were about, of whatever kind."""
        slots = (turn.slot(name) for name in PLACES)
        return next((value for value in slots if value and value != ANOTHER), None)

    async def tell_at(self, turn: Turn, place: str, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say what is near the place; ask for one where there is none of that id any more."""
        try:
            found = await self.services.city.place(place)
        except CityProblemError:
            del asked[self.fact]
            ask_for(say_to, asked, self.fact, self.question)
        else:
            await self.tell_near(turn, found, asked, say_to)
        return []

    @abstractmethod
    async def tell_near(self, turn: Turn, place: Place, asked: Asked, say_to: CollectingDispatcher) -> None:
        """Say what is near a place."""
