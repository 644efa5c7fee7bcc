"""The base of the forms that ask for a place: searching, narrowing by commune, picking from choices."""

from __future__ import annotations

from typing import Any, ClassVar

from rasa_sdk.events import EventType

from actions.city.errors import CityProblemError
from actions.forms.validating import FormValidator
from actions.ordinals import ordinal
from actions.places.resolution import Resolution, commune_slug, is_place_id, open_question, resolve
from actions.turn import ANOTHER, Turn


class PlaceFormValidator(FormValidator):
    """Fills a slot with a place's id."""

    #: Kinds of places that fit, as the façade names them.
    kinds: ClassVar[tuple[str, ...]]

    async def open(self, turn: Turn, value: str | None) -> list[EventType]:
        """Take the place that the question names, or the one that is known."""
        if not value or value == ANOTHER:
            return self.unfilled(None)
        return await self.take(turn, value) if is_place_id(value) else await self.search(turn, value)

    async def fill(self, turn: Turn, value: str) -> list[EventType]:
        """Take a place that was chosen, or find the one that was written."""
        if is_place_id(value):
            return await self.take(turn, value)
        pending = turn.memory("pending")
        picked = self.picked(pending, value)
        if picked:
            return self.filled(picked)
        written = turn.entity(self.slot)
        commune = turn.entity("commune")
        if written is None and commune is None and pending.get("problem") in {"ambiguous", "elsewhere"}:
            commune = await self._as_commune(value)
        if written is None and commune and not turn.entity_names() & {"address", "stop"}:
            if pending.get("query"):
                return await self.search(turn, str(pending["query"]), commune)  # "in Ixelles" says which of them
            return self.unfilled({"slot": self.slot, "problem": "commune_only", "commune": commune})
        if written is None and turn.entity_names() and not self.takes(turn):  # another fact, kept in its own slot
            guess = pending.get("yes")  # who goes on after "did you mean …?" did
            return self.filled(str(guess)) if guess else self.unfilled(pending or None)
        return await self.search(turn, value)

    async def take(self, turn: Turn, place_id: str) -> list[EventType]:
        """Take a place by its id; one of another kind (a stop where a street is asked for) by its name."""
        if place_id.partition(":")[0] in self.kinds:
            return self.filled(place_id)
        try:
            place = await self.services.city.place(place_id)
        except CityProblemError:
            return self.unfilled({"slot": self.slot, "problem": "gone"})
        return await self.search(turn, place.name.fr)

    async def search(self, turn: Turn, query: str, commune: str | None = None) -> list[EventType]:
        """Find the place that a text names, in a commune if one is given, or leave the question that settles it."""
        resolution = await self.look_up(turn, query, commune)
        if resolution.place_id:
            return self.filled(resolution.place_id)
        pending = open_question(self.slot, query, resolution)
        return self.refused(turn, pending) if resolution.problem == "not_found" else self.unfilled(pending)

    async def look_up(self, turn: Turn, query: str, commune: str | None = None) -> Resolution:
        """Search the façade; the commune may also have been said before, or in the same breath."""
        commune = commune or turn.entity("commune") or turn.memory("pending").get("commune")
        return await resolve(self.services.city, query, self.kinds, commune=commune)

    async def _as_commune(self, written: str) -> str | None:
        """Return the commune that an answer to "which of them?" is, as an id."""
        slug = await commune_slug(self.services.city, written)
        return f"commune:{slug}" if slug else None

    def takes(self, turn: Turn) -> bool:
        """Tell whether a message whose entities are not this slot's may still name the place."""
        return bool(turn.entity_names() & {"address", "stop", "commune"})

    def picked(self, pending: dict[str, Any], value: str) -> str | None:
        """Return the place of the choice whose number was typed."""
        options = pending.get("options") or []
        chosen = ordinal(value, len(options))
        return None if chosen is None else str(options[chosen]["id"])
