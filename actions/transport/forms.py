"""Asking for the stop of a departure."""

from __future__ import annotations

from typing import Any, Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.city.errors import CityProblemError
from actions.city.models import Place
from actions.forms.answering import AskSlot, way_out
from actions.forms.places import PlaceFormValidator
from actions.places.asking import unknown_place
from actions.places.resolution import open_question, resolve
from actions.speech import inform, place_label, say
from actions.turn import Turn

CAPABILITY: Final = "transport_next_departures"
FORM: Final = "departures_form"

#: Stops farther from an address than this are not offered for it.
MAX_WALK_M: Final = 1000

#: Most stops that are offered near an address.
MAX_NEAR: Final = 4


class ValidateDeparturesForm(PlaceFormValidator):
    """Fills the stop with a stop's id."""

    action_name = f"validate_{FORM}"
    form, slot, capability = FORM, "stop", CAPABILITY
    kinds = ("stop",)

    async def open(self, turn: Turn, value: str | None) -> list[EventType]:
        """Take the stop asked about; a square's or a street's name may be a stop's."""
        if turn.intent == self.capability and not turn.entity("stop") and turn.entity("address"):
            value = turn.entity("address")
        return await super().open(turn, value)

    async def search(self, turn: Turn, query: str, commune: str | None = None) -> list[EventType]:
        """Find the stop, or the stops near the street that was named instead."""
        resolution = await self.look_up(turn, query, commune)
        if resolution.place_id:
            return self.filled(resolution.place_id)
        if resolution.problem == "not_found":
            near = await self._near(turn, query)
            return self.unfilled(near) if near else self.refused(turn, open_question(self.slot, query, resolution))
        return self.unfilled(open_question(self.slot, query, resolution))

    async def _near(self, turn: Turn, query: str) -> dict[str, Any] | None:
        """Return the question which of the stops near a street or an address is meant."""
        found = await resolve(self.services.city, query, ("street", "address"), commune=turn.entity("commune"))
        place = await self._place(found.place_id) if found.place_id else None
        if place is None or place.lat is None or place.lon is None:
            return None
        stops = await self.services.city.near(place.lat, place.lon, self.kinds, limit=MAX_NEAR)
        options = [
            {"id": stop.id, "label": place_label(stop)} for stop in stops if (stop.distance_m or 0) <= MAX_WALK_M
        ]
        label = place_label(place, with_commune=True)
        return {"slot": self.slot, "problem": "nearest", "label": label, "options": options} if options else None

    async def _place(self, place_id: str) -> Place | None:
        try:
            return await self.services.city.place(place_id)
        except CityProblemError:
            return None


class AskStop(AskSlot):
    """Asks for the stop, or which of several is meant."""

    action_name = "action_ask_stop"
    slot = "stop"

    async def question(self, turn: Turn, pending: dict[str, Any], say_to: CollectingDispatcher) -> None:
        """Say the question."""
        del turn
        problem = pending.get("problem")
        if problem == "nearest":
            options = [inform(item["label"], stop=item["id"]) for item in pending["options"]]
            say(say_to, "stops_near", place=pending["label"], options=options)
        elif self.choose(pending, say_to):
            return
        elif problem == "not_found" and pending.get("query"):
            stuck = int(pending.get("tries", 0)) > 1
            said = unknown_place("stop_not_found", str(pending["query"]))
            say(say_to, said["id"], options=way_out() if stuck else [], **said["params"])
        elif problem == "commune_only":
            say(say_to, "ask_stop_in_commune")
        elif problem == "gone":
            say(say_to, "stop_gone")
        else:
            say(say_to, "ask_stop")
