"""Answers with the collection calendar of an address: a file for a telephone, and a link that stays current."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer, spoken
from actions.city.errors import CityProblemError
from actions.city.models import Collections
from actions.conversation.claims import CLAIM
from actions.cues import labels_in
from actions.place_answers import STREET, PlaceAnswer, ask_number
from actions.places.houses import house_number
from actions.places.resolution import is_place_id
from actions.reminders.wishes import followed
from actions.speech import ask, named, place_label, say
from actions.subject_places import ask_for
from actions.subjects import ASKED_FOR, WORDS, Asked
from actions.turn import ANOTHER, Turn
from actions.waste.answer import WINDOW_DAYS
from actions.waste.rounds import FRACTIONS
from kit.languages import Language
from kit.replies import text
from kit.wire import REMINDER_INTENT

SUBJECT: Final = "waste_calendar"
_CUES: Final = Path(__file__).with_name("calendar_cues.yml")
#: The gateway's path of the calendar; ``services/gateway/calendar.py`` serves it.
PATH: Final = "/calendar/collections.ics"
#: Facts that a house number alone may be taken for.
_NUMBERS: Final = ("line", "time")
#: What a telephone takes as an invitation to subscribe, instead of opening a page.
_SCHEME: Final = re.compile(r"^https?")
_STREET: Final = re.compile(r"(?:street|address):(\d+)(?::.*)?")


class WasteCalendar(PlaceAnswer):
    """Says where the calendar of an address is to be had."""

    action_name = "action_waste_calendar"
    subject = SUBJECT
    capability = SUBJECT
    contact = "contact_waste"
    kinds = ("address", "street")
    question = "ask_address"
    unknown = "address_not_found"

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it, or ask for the address or what is missing in it."""
        on_paper = "paper" in (asked.pop(CLAIM, ""), *labels_in(asked.get(WORDS, ""), _CUES))
        if on_paper and (turn.intent != SUBJECT or "address" in turn.memory("shown")):
            asked.pop("fraction", None)  # "papier" is no yellow bag here
            say(say_to, "calendar_paper", contact=text(self.contact))
            return []
        number = _number(turn, asked)
        if number:
            asked.update({STREET: number[0], "address": number[1]})
        if asked.get("commune") and asked.get("address") in {None, asked["commune"]}:
            asked.pop("address", None)
            ask_for(say_to, asked, self.fact, "ask_street_in_commune")  # the commune will narrow the street
            return []
        elsewhere = self._elsewhere(asked)
        if elsewhere:
            asked["address"] = (await self.services.city.place(elsewhere)).name.fr
        return await super().tell(turn, asked, say_to)

    async def tell_at(self, turn: Turn, place: str, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it for an address, or ask for what is missing in it."""
        today = self.services.clock.now().date()
        try:
            found = await self.services.city.collections(place, start=today, days=WINDOW_DAYS)
        except CityProblemError as error:
            await self._problem(error.code, place, asked, say_to)
            return []
        self._say(turn, found, asked, say_to)
        return []

    def _elsewhere(self, asked: Asked) -> str | None:
        """Return the place's id where it is of another kind: a stop's name may be a square's."""
        written = asked.get("address", "")
        return written if is_place_id(written) and written.partition(":")[0] not in self.kinds else None

    async def _problem(self, code: str, place: str, asked: Asked, say_to: CollectingDispatcher) -> None:
        """Say why there is no calendar of a place, and ask for what would change it."""
        if code == "dates_not_covered":
            say(say_to, "collections_not_known_then", contact=text(self.contact))
            return
        if code not in {"house_number_needed", "no_rounds_for_place", "place_not_found"}:
            raise CityProblemError(code)
        street, number = _parts(place)
        name = named((await self.services.city.place(street)).name)
        if code == "no_rounds_for_place":
            del asked["address"]
            asked[ASKED_FOR] = "address"
            say(say_to, "address_without_rounds", street=name)
            return
        ask_number(asked, street)
        if code == "place_not_found" and number:
            say(say_to, "house_number_unknown", street=name, number=number)
        else:
            say(say_to, "ask_house_number", street=name)

    def _say(self, turn: Turn, found: Collections, asked: Asked, say_to: CollectingDispatcher) -> None:
        fraction = asked.get("fraction") if asked.get("fraction") in FRACTIONS else None
        link = self._url(found.place.id, turn.language, fraction, _ring(turn, found.place.id))
        file = f"{link}&download=true"
        said = [
            text("calendar_of", place=place_label(found.place, with_commune=True)),
            text("calendar_link", url=link),
            text("calendar_file", url=file),
            text("calendar_how"),
            text("calendar_paper", contact=text(self.contact)),
        ]
        name = spoken(found.place.name, turn.language)
        label = f"{name} {found.place.house_number}" if found.place.house_number else name
        say_answer(
            say_to,
            said,
            found,
            cards=[{"type": "calendar", "name": label, "subscribe": _SCHEME.sub("webcal", link), "file": file}],
            options=[
                ask("choice_waste", "waste_collection_day", address=found.place.id),
                ask("label_reminder", "waste_reminder", address=found.place.id),
                ask("choice_other_address", SUBJECT, address=ANOTHER),
            ],
        )

    def _url(self, place_id: str, language: Language | None, fraction: str | None, ring: dict[str, str]) -> str:
        given = {"place": place_id, "lang": language or "fr"} | ({"fraction": fraction} if fraction else {}) | ring
        return f"{self.services.public_url}{PATH}?{urlencode(given, safe=':')}"


def _ring(turn: Turn, place_id: str) -> dict[str, str]:
    """Return when the calendar rings: as the reminder does that the resident has for the place, or that an operator was
    asked for; else not at all."""
    if turn.at_desk and turn.intent == REMINDER_INTENT:
        return {"alarm": "0"}
    reminder = next((each for each in followed(turn, "collections") if each["subject"] == place_id), None)
    if reminder is None:
        return {}
    return {"alarm_at": reminder["at"]} if reminder["at"] else {"alarm": "0"}


def _number(turn: Turn, asked: Asked) -> tuple[str, str] | None:
    """Return the street that is known and the house number that the message gives, where it names nothing else."""
    words = asked.pop(WORDS, "")
    for name in _NUMBERS:
        asked.pop(name, None)
    street = asked.get(STREET) or str(turn.memory("shown").get("address"))
    if turn.intent == SUBJECT or turn.entity("address") or _STREET.fullmatch(street) is None:
        return None
    number = house_number((words or turn.text).strip())
    return (_parts(street)[0], number) if number else None


def _parts(place_id: str) -> tuple[str, str | None]:
    """Return a street's id and, for an address (``address:<street>:<number>``), its house number."""
    _, street, *number = place_id.split(":", 2)
    return f"street:{street}", number[0] if number else None
