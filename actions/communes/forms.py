"""Asking which commune it is about."""

from __future__ import annotations

from typing import Any, Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.city.errors import CityProblemError
from actions.city.models import CommuneRef, Place
from actions.conversation.costs import asks_cost
from actions.forms.answering import AskSlot, way_out
from actions.forms.places import PlaceFormValidator
from actions.places.resolution import ADMINISTRATIVE, Resolution, resolve
from actions.speech import say
from actions.turn import Turn

CAPABILITY: Final = "city_commune_contact"
FORM: Final = "commune_contact_form"


class ValidateCommuneContactForm(PlaceFormValidator):
    """Fills the commune with a commune's id; a street or an address tells its commune."""

    action_name = f"validate_{FORM}"
    form, slot, capability = FORM, "commune", CAPABILITY
    kinds = ("commune",)

    async def open(self, turn: Turn, value: str | None) -> list[EventType]:
        """Take the commune asked about, or that of the address asked about."""
        if not turn.entity("commune") and turn.entity("address"):
            value = turn.entity("address")
        return await super().open(turn, value)

    async def take(self, turn: Turn, place_id: str) -> list[EventType]:
        """Take a commune by its id, and of any other place the commune that it lies in."""
        if place_id.startswith("commune:"):
            return self.filled(place_id)
        place = await self._place(place_id)
        if place is None or place.commune is None:
            return self.unfilled({"slot": self.slot, "problem": "gone"})
        return self.filled(_id(place.commune))

    async def look_up(self, turn: Turn, query: str, commune: str | None = None) -> Resolution:
        """Search communes, and where there is none of that name, streets."""
        del turn, commune
        resolution = await resolve(self.services.city, query, ADMINISTRATIVE)
        if resolution.place and resolution.place.commune:
            return Resolution(place_id=_id(resolution.place.commune))
        if resolution.problem != "not_found":
            return resolution
        street = await resolve(self.services.city, query, ("street", "address"))
        if street.place_id:
            place = await self._place(street.place_id)
            communes = [place.commune] if place and place.commune else []
        else:
            communes = [place.commune for place in street.candidates if place.commune]
        distinct = tuple(Place(id=_id(each), kind="commune", name=each.name) for each in dict.fromkeys(communes))
        if len(distinct) == 1 and street.problem != "misspelt":
            return Resolution(place_id=distinct[0].id)
        if distinct:
            return Resolution(problem="ambiguous", candidates=distinct, total=len(distinct))
        return resolution

    async def fill(self, turn: Turn, value: str) -> list[EventType]:
        """Take the commune as it was answered; it narrows nothing here."""
        pending = turn.memory("pending")
        if asks_cost(turn):
            return self.unfilled(pending or None)  # no commune's name: the question says that prices are not known
        picked = self.picked(pending, value)
        if picked:
            return self.filled(picked)
        if turn.entity_names() and not self.takes(turn):
            return self.unfilled(pending or None)  # another fact; it is kept in its own slot
        return await self.open(turn, turn.entity("commune") or value)

    async def _place(self, place_id: str) -> Place | None:
        try:
            return await self.services.city.place(place_id)
        except CityProblemError:
            return None


class AskCommune(AskSlot):
    """Asks for the commune; nineteen are too many for choices."""

    action_name = "action_ask_commune"
    slot = "commune"

    async def question(self, turn: Turn, pending: dict[str, Any], say_to: CollectingDispatcher) -> None:
        """Say the question."""
        if self.choose(pending, say_to):
            return
        problem = pending.get("problem")
        if problem == "not_found" and pending.get("query"):
            stuck = int(pending.get("tries", 0)) > 1
            say(say_to, "commune_not_found", query=str(pending["query"]), options=way_out() if stuck else [])
        elif problem == "gone":
            say(say_to, "commune_gone")
        else:
            say(say_to, "ask_commune_cost" if asks_cost(turn) else "ask_commune")


def _id(commune: CommuneRef) -> str:
    return f"commune:{commune.id}"
