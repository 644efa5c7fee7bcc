"""Answers when bags go out at an address and when they are collected."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.city.errors import CityProblemError
from actions.city.models import Collections, Name
from actions.forms.answering import FormAnswer
from actions.moments.days import parse_days
from actions.moments.span import Days
from actions.speech import ask, say
from actions.turn import ANOTHER, Turn
from actions.waste.forms import CAPABILITY, FORM, number_question
from actions.waste.rounds import FRACTIONS, Asked, is_evening, rounds
from actions.waste.wording import address, card, of_fraction, sentences
from kit.replies import text

#: How far ahead collections are looked for: the rarest round comes every two weeks, and a holiday may move it.
WINDOW_DAYS: Final = 28


class WasteCollectionDay(FormAnswer):
    """Says what to put out next and when, or for the bag and the days that were asked about."""

    action_name = "action_waste_collection_day"
    form, slot, capability = FORM, "address", CAPABILITY
    contact = "contact_waste"

    async def tell(self, turn: Turn, value: str, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the facts, or open the form again for a house number or another address."""
        now = self.services.clock.now()
        days = parse_days(turn.slot("date") or "", now.date(), turn.language)
        asked = Asked(
            fraction=turn.slot("fraction") if turn.slot("fraction") in FRACTIONS else None,
            days=days if days is not None and days.last >= now.date() else None,
            evening=is_evening(turn.slot("date")),
        )
        start = _start(asked.days, now.date())
        try:
            collections = await self.services.city.collections(value, start=start, days=WINDOW_DAYS)
        except CityProblemError as error:
            if error.code == "dates_not_covered":
                say(say_to, "collections_not_known_then", contact=text(self.contact))
                return []
            return self.ask_again(await self._question(value, error.code))
        found = rounds(collections.items)
        said = [text("date_not_understood")] if turn.slot("date") and days is None else []
        said += sentences(asked, found, now, _window(collections, start), self.contact)
        shown = [each for each in of_fraction(found, asked.fraction) if each.until > now]
        say_answer(
            say_to,
            [*said[:5], address(collections)],
            collections,
            cards=[card(shown)] if shown else [],
            options=[ask("choice_other_address", CAPABILITY, address=ANOTHER)],
        )
        return []

    async def _question(self, value: str, code: str) -> dict[str, Any] | None:
        """Return the question that would settle why there are no collections for a place."""
        if code not in {"house_number_needed", "no_rounds_for_place", "place_not_found"}:
            raise CityProblemError(code)
        street_id, number = _street_of(value)
        try:
            street = (await self.services.city.place(street_id)).name
        except CityProblemError:
            return None
        if code == "no_rounds_for_place":
            return _without_rounds(street)
        return number_question(street_id, street, number if code == "place_not_found" else None)


def _window(collections: Collections, start: date) -> int:
    """Return how many days the answer covers."""
    return (collections.last_day - start).days + 1 if collections.last_day else WINDOW_DAYS


def _start(days: Days | None, today: date) -> date:
    """Return the first day to ask for: today, or the day before those asked about where they are far ahead."""
    return max(today, days.first - timedelta(days=1)) if days else today


def _street_of(place_id: str) -> tuple[str, str | None]:
    """Return a street's id and, for an address, its house number (``address:<street>:<number>``)."""
    kind, _, rest = place_id.partition(":")
    if kind != "address":
        return place_id, None
    street, _, number = rest.partition(":")
    return f"street:{street}", number or None


def _without_rounds(street: Name) -> dict[str, Any]:
    return {"slot": "address", "problem": "no_rounds", "name": {"fr": street.fr, "nl": street.nl}}
