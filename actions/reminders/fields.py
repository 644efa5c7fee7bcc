"""The facts of a reminder: an address with collections, which bags, at what time, and when the first one comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Final

from actions.city.errors import CityProblemError
from actions.city.models import Collection
from actions.filing.draft import Draft, Fact, Question, Taken
from actions.filing.fields import Field, choices, picked
from actions.filing.places import PlaceField
from actions.moments.times import time_of_day
from actions.reminders.wishes import followed, replaced_first
from actions.services import Services
from actions.speech import on_day
from actions.turn import Turn
from actions.waste.rounds import FRACTIONS
from kit.clock import BRUSSELS, today
from kit.reminding import moment
from kit.replies import Part, clock_time, listing, text

#: How far ahead the first reminder is looked for.
_AHEAD_DAYS: Final = 28
_EVERY: Final = "all"
_REASONS: Final = {"no_rounds_for_place": "filing_no_rounds_here", "house_number_needed": "filing_number_first"}


class CollectedPlaceField(PlaceField):
    """An address whose collections are known; that of the only reminder there is where another is not named."""

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the address that a message names."""
        taken = await super().found(turn, draft, services)
        places = {each["subject"] for each in followed(turn, "collections")}
        if taken is None and turn.intent == draft.subject and draft.value(self.name) is None and len(places) == 1:
            taken = await self._by_id(places.pop(), services)
        return await self._checked(taken, services)

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the address."""
        return await self._checked(await super().taken(turn, draft, services), services)

    async def _checked(self, taken: Taken, services: Services) -> Taken:
        if not isinstance(taken, Fact):
            return taken
        try:
            found = await _collections(taken.value["id"], services)
        except CityProblemError as error:
            return Question("filing_no_rounds", params={"reason": text(_REASONS.get(error.code, "filing_no_calendar"))})
        return taken if found else Question("filing_no_rounds", params={"reason": text("filing_no_calendar")})


class BagsField(Field):
    """The bags to remind of; every one unless some are named."""

    name, shown, label = "fractions", "reminder_bags", "reminder_change_bags"

    def __init__(self) -> None:
        self.offer = "choice_reminder_one_bag"

    async def prepare(self, draft: Draft, services: Services) -> Taken:
        """Take every bag."""
        del draft, services
        return bags_fact([])

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the bags that a message names."""
        del draft, services
        named = [each for each in turn.entities("fraction") if each in FRACTIONS]
        return bags_fact(named) if named else None

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the choice, or the bags that are named."""
        chosen = picked(turn, draft)
        if chosen in FRACTIONS or chosen == _EVERY:
            return bags_fact([chosen] if chosen in FRACTIONS else [])
        return await self.found(turn, draft, services)

    def asked(self, draft: Draft) -> Question:
        """Return the question with every bag as a choice."""
        del draft
        return Question("ask_reminder_bags", **choices(_bag_choices(list(FRACTIONS))))


class HourField(Field):
    """The time of day; when bags may go out unless another is named."""

    name, shown, label = "at", "reminder_hour", "reminder_change_hour"

    def __init__(self) -> None:
        self.offer = "choice_reminder_other_hour"

    async def prepare(self, draft: Draft, services: Services) -> Taken:
        """Take the moment when bags may go out."""
        del draft, services
        return Fact(None, text("reminder_when_out"))

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the time that a message names."""
        del draft
        written = turn.entities("time")
        return _hour(written[0 if replaced_first(turn) else -1], services) if written else None

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the time."""
        return await self.found(turn, draft, services) or _hour(turn.text, services)

    def asked(self, draft: Draft) -> Question:
        """Return the question."""
        del draft
        return Question("ask_reminder_hour")


class FirstField(Field):
    """When the first reminder comes: shown, so that what was meant can be seen."""

    name, shown, label = "first", "reminder_first", None
    follows = frozenset({"place", "fractions", "at"})

    async def prepare(self, draft: Draft, services: Services) -> Taken:
        """Look it up; a bag that is not collected there is asked for anew."""
        found = await _collections(draft.value("place")["id"], services)
        wanted = draft.value("fractions") or list(FRACTIONS)
        now = services.clock.now()
        moments = [_moment(each, draft.value("at")) for each in _evenings(found, wanted)]
        first = min((each for each in moments if each > now), default=None)
        if first is None:
            there = [each for each in FRACTIONS if any(item.fraction == each for item in found)]
            return Question("reminder_bag_not_there", **choices(_bag_choices(there)))
        when = text("reminder_moment", day=on_day(first.date(), today(services.clock)), time=clock_time(first))
        return Fact(None, when)

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take other bags."""
        bags = await BagsField().taken(turn, draft, services)
        if not isinstance(bags, Fact):
            return None
        draft.facts[BagsField.name] = bags
        return await self.prepare(draft, services)

    def asked(self, draft: Draft) -> Question:
        """Return the question for other bags."""
        return BagsField().asked(draft)


def bags_fact(fractions: Sequence[str]) -> Fact:
    """Return bags as a fact; none means every one."""
    if not fractions:
        return Fact(None, text("reminder_every_bag"))
    return Fact(list(fractions), listing([text(FRACTIONS[each]) for each in fractions], "and"))


def _bag_choices(fractions: Sequence[str]) -> dict[str, Part]:
    return {_EVERY: text("reminder_every_bag"), **{each: text(FRACTIONS[each]) for each in fractions}}


def _hour(written: str, services: Services) -> Fact | None:
    found = time_of_day(written)
    if found is None:
        return None
    return Fact(f"{found:%H:%M}", clock_time(datetime.combine(today(services.clock), found, BRUSSELS)))


async def _collections(place: str, services: Services) -> list[Collection]:
    found = await services.city.collections(place, start=today(services.clock), days=_AHEAD_DAYS)
    return [each for each in found.items if each.fraction in FRACTIONS]


def _evenings(found: Sequence[Collection], fractions: Sequence[str]) -> list[list[Collection]]:
    wanted = sorted((each for each in found if each.fraction in fractions), key=lambda each: each.put_out.date)
    return [list(together) for _, together in groupby(wanted, key=lambda each: each.put_out.date)]


def _moment(evening: Sequence[Collection], at: str | None) -> datetime:
    windows = [(each.put_out.opens, each.put_out.until) for each in evening]
    return moment(evening[0].put_out.date, windows, at).astimezone(BRUSSELS)
