"""Asking for the address of a collection."""

from __future__ import annotations

from typing import Any, Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.city.errors import CityProblemError
from actions.forms.answering import AskSlot, way_out
from actions.forms.places import PlaceFormValidator
from actions.places.asking import unknown_place
from actions.places.houses import house_id, house_number
from actions.services import Services
from actions.speech import say
from actions.turn import ANOTHER, Turn
from kit.replies import name

CAPABILITY: Final = "waste_collection_day"
FORM: Final = "waste_collection_form"


class ValidateWasteCollectionForm(PlaceFormValidator):
    """Fills the address with the id of a street or of a house in it."""

    action_name = f"validate_{FORM}"
    form, slot, capability = FORM, "address", CAPABILITY
    kinds = ("street", "address")

    async def open(self, turn: Turn, value: str | None) -> list[EventType]:
        """Take the address asked about; a stop's name may be a square's."""
        if turn.intent == self.capability and not turn.entity("address") and turn.entity("stop"):
            value = turn.entity("stop")
        return await super().open(turn, value)

    async def fill(self, turn: Turn, value: str) -> list[EventType]:
        """Take a house number where only that was asked for."""
        pending = turn.memory("pending")
        number = house_number(turn.text)
        if pending.get("problem") in {"number_needed", "number_unknown"} and number and value != ANOTHER:
            return await self._number(pending, number)
        return await super().fill(turn, value)

    def takes(self, turn: Turn) -> bool:
        """Tell whether the message may name the place: a number alone may be read as a line."""
        asked = turn.memory("pending").get("problem") in {"number_needed", "number_unknown"}
        return super().takes(turn) or (asked and any(character.isdigit() for character in turn.text))

    async def _number(self, pending: dict[str, Any], number: str) -> list[EventType]:
        try:
            place = await self.services.city.place(house_id(str(pending["street"]), number))
        except CityProblemError:
            return self.unfilled({**pending, "problem": "number_unknown", "number": number})
        return self.filled(place.id)


class AskAddress(AskSlot):
    """Asks for the address, or for what is missing in it."""

    action_name = "action_ask_address"
    slot = "address"

    def __init__(self, services: Services) -> None:
        super().__init__(services)

    async def question(self, turn: Turn, pending: dict[str, Any], say_to: CollectingDispatcher) -> None:
        """Say the question."""
        problem = pending.get("problem")
        if self.choose(pending, say_to):
            return
        if problem == "number_needed":
            say(say_to, "ask_house_number", street=name(**pending["name"]))
        elif problem == "number_unknown":
            say(say_to, "house_number_unknown", street=name(**pending["name"]), number=str(pending["number"]))
        elif problem == "no_rounds":
            say(say_to, "address_without_rounds", street=name(**pending["name"]))
        elif problem == "not_found" and pending.get("query"):
            said = unknown_place("address_not_found", str(pending["query"]))
            say(say_to, said["id"], options=self._way_out(pending), **said["params"])
        elif problem == "commune_only":
            say(say_to, "ask_street_in_commune")
        else:
            say(say_to, "ask_address")

    def _way_out(self, pending: dict[str, Any]) -> list[dict[str, Any]]:
        return way_out() if int(pending.get("tries", 0)) > 1 else []


def number_question(street_id: str, street: Any, number: str | None) -> dict[str, Any]:
    """Return the open question for a street whose rounds differ by house number."""
    question = {
        "slot": "address",
        "problem": "number_unknown" if number else "number_needed",
        "street": street_id,
        "name": {"fr": street.fr, "nl": street.nl},
    }
    return {**question, "number": number} if number else question
