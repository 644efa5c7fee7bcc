"""The base of answers about what is near a place, wherever somebody is: a street, a square, a stop, a commune."""

from __future__ import annotations

import math
from abc import abstractmethod
from typing import Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.city.errors import CityProblemError
from actions.city.models import Place
from actions.place_answers import PlaceAnswer
from actions.places.resolution import Resolution
from actions.subject_places import STAND_INS, ask_for
from actions.subjects import Asked
from actions.turn import ANOTHER, Turn

#: Facts that name a place, the most precise first.
PLACES: Final = STAND_INS["address"]
#: What may be left open of a place that was found.
_OPEN: Final = frozenset({"ambiguous", "misspelt"})
_SEVERAL: Final = 2
#: Places that are no farther from each other than this are one for who asks what is near.
_TOGETHER_M: Final = 600.0
#: Metres of one degree of latitude, and of one of longitude in Brussels.
_LATITUDE_M: Final = 111_200.0
_LONGITUDE_M: Final = 70_300.0


class NearAnswer(PlaceAnswer):
    """Answers one subject about what is near."""

    kinds = ("address", "street", "locality", "commune", "stop", "landmark")
    question = "ask_near_where"
    unknown = "near_place_not_found"

    async def find(self, asked: Asked) -> Resolution:
        """Find the place; of several that lie close together any will do, as what is near them is the same."""
        found = await super().find(asked)
        if found.problem not in _OPEN or len(found.candidates) < _SEVERAL:
            return found
        first = found.candidates[0]
        together = all(_metres(first, each) <= _TOGETHER_M for each in found.candidates)
        return Resolution(place_id=first.id, place=first) if together else found

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


def _metres(one: Place, other: Place) -> float:
    """Return about how far two places are from each other; infinitely far in two communes, or where it is not known."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None or one.commune != other.commune:
        return math.inf
    return math.hypot((one.lat - other.lat) * _LATITUDE_M, (one.lon - other.lon) * _LONGITUDE_M)
