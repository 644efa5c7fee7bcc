"""Answers where a commune's administration is, how to reach it and whether it is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import merged, say_answer, spoken, together, worded
from actions.city.errors import CityProblemError
from actions.city.models import CommuneContact, Words
from actions.communes.forms import CAPABILITY, FORM
from actions.communes.hours import (
    closing_time,
    hours_lines,
    hours_rows,
    on_weekday,
    opening_moment,
    spans,
)
from actions.conversation.costs import asks_cost
from actions.cues import labels_in
from actions.forms.answering import FormAnswer
from actions.moments.days import parse_days
from actions.moments.span import Days
from actions.speech import ask, named, on_day
from actions.turn import ANOTHER, Turn
from kit.languages import Language
from kit.replies import Part, Value, clock_time, listing, text

#: A longer span of days is answered by the week's hours alone.
MAX_DAYS: Final = 2
_FACETS: Final = Path(__file__).with_name("facets.yml")


class CommuneContactAnswer(FormAnswer):
    """Says whether the counters are open, then the address, the telephone and the rest."""

    action_name = "action_commune_contact"
    form, slot, capability = FORM, "commune", CAPABILITY

    async def tell(self, turn: Turn, value: str, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the facts."""
        now = self.services.clock.now()
        slug = value.removeprefix("commune:")
        try:
            found = {each: await self.services.city.commune(slug, each) for each in turn.languages}
        except CityProblemError as error:
            if error.code == "commune_not_found":
                return self.ask_again(None)
            raise
        contact = found[turn.languages[0]]
        days = parse_days(turn.slot("date") or "", now.date(), turn.language)
        ways = _ways(contact, found)
        first = [ways.pop(each) for each in labels_in(turn.text, _FACETS) if each in ways]
        said = [together(first)] if first else []
        if asks_cost(turn):
            said.insert(0, text("commune_cost"))
        said += _opening(contact, days, now)
        if ways:
            said.append(listing(list(ways.values())))
        if contact.hours:
            said.append(text("commune_hours", lines=hours_lines(contact.hours, now.date())))
        options = [ask("choice_other_commune", CAPABILITY, commune=ANOTHER)]
        say_answer(say_to, said, contact, cards=[_card(contact, turn.language)], options=options)
        return []


def _opening(contact: CommuneContact, days: Days | None, now: datetime) -> list[Part]:
    """Return whether it is open on the days asked about, else now."""
    commune = named(contact.name)
    if not contact.hours:
        return [text("commune_no_hours", commune=commune)]
    if days is None or days.first <= now.date() or (days.last - days.first).days >= MAX_DAYS:
        return [_now(contact, commune, now)]
    said = []
    for offset in range((days.last - days.first).days + 1):
        date = days.first + timedelta(days=offset)
        openings, day = on_weekday(contact.hours, date), on_day(date, now.date())
        if openings:
            said.append(text("commune_open_on", commune=commune, day=day, spans=spans(openings, date)))
        else:
            said.append(text("commune_closed_on", commune=commune, day=day))
    return said


def _now(contact: CommuneContact, commune: Part, now: datetime) -> Part:
    until = closing_time(contact.hours, now)
    if contact.open_now and until is not None:
        return text("commune_open_now", commune=commune, until=clock_time(until))
    if contact.open_now is not None and contact.opens_next is not None:
        return text("commune_closed_now", commune=commune, opens=opening_moment(contact.opens_next, now.date()))
    return text("commune_closed", commune=commune)


def _ways(contact: CommuneContact, found: Mapping[Language, CommuneContact]) -> dict[str, Part]:
    """Return the ways to reach it that are known, by what they are called in ``facets.yml``; pages in each language."""
    ways: dict[str, Part] = {}
    if contact.address:
        ways["address"] = text("commune_address", address=worded(contact.address))
    if contact.phone:
        ways["phone"] = text("commune_phone", phone=contact.phone)
    if contact.email:
        ways["email"] = text("commune_email", email=contact.email)
    if contact.website:
        ways["website"] = text("commune_website", url=_each(found, lambda each: each.website))
    if contact.e_counter:
        ways["e_counter"] = text("commune_e_counter", url=_each(found, lambda each: each.e_counter))
    return ways


def _each(found: Mapping[Language, CommuneContact], part: Callable[[CommuneContact], Words | None]) -> Value:
    """Return a part of what is known, in each language."""
    if len(found) == 1:
        return worded(part(next(iter(found.values()))) or "")
    return merged({language: spoken(part(each) or "", language) for language, each in found.items()})


def _card(contact: CommuneContact, language: Language | None) -> dict[str, Any]:
    return {
        "type": "contact",
        "name": spoken(contact.name, language),
        "address": spoken(contact.address, language) if contact.address else None,
        "phone": contact.phone,
        "email": contact.email,
        "website": spoken(contact.website, language) if contact.website else None,
        "hours": hours_rows(contact.hours, language),
    }
