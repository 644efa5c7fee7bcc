"""When somebody comes: what a message says of it, and the free slots that fit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, Final

from actions.appointments.wishes import wants_later, wish, wish_in_words
from actions.city.appointments import Slot
from actions.city.errors import CityProblemError
from actions.filing.draft import Draft, Fact, Question, Taken
from actions.filing.fields import Field, choices, picked
from actions.moments.span import Days
from actions.services import Services
from actions.speech import ask
from actions.turn import Turn
from kit.clock import BRUSSELS, today
from kit.languages import OFFICIAL
from kit.replies import Part, clock_time, day, text

#: How far ahead slots are looked for, and how many are offered.
_AHEAD_DAYS: Final = 35
_MOST: Final = 4
_NOON: Final = time(12, 0)
#: The choice of later slots than those that are offered.
_LATER: Final = "later"


class WhenField(Field):
    """The day, the time or the part of the day that a message names, until the desk's slots are known."""

    name, shown, label = "when", "appointment_when", "appointment_change_when"

    async def prepare(self, draft: Draft, services: Services) -> Taken:
        """Go without it."""
        del draft, services
        return Fact({})

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take what the message's date and time say; what was said before stays where it says nothing else."""
        if turn.entity("date") is None and turn.entity("time") is None:
            return None
        when = wish(turn.entity("date"), turn.entity("time"), today(services.clock), turn.language)
        return Fact({**(draft.value(self.name) or {}), **when}) if when else None

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take what it says."""
        return await self.found(turn, draft, services)

    def asked(self, draft: Draft) -> Question:
        """Return the question, which is the slot's."""
        del draft
        return Question("which_appointment_slot")


class SlotField(Field):
    """A free slot of the desk."""

    name, shown, label = "slot", "appointment_when", "appointment_change_when"
    follows, hints = frozenset({"commune", "when"}), frozenset({"when"})

    async def prepare(self, draft: Draft, services: Services) -> Taken:
        """Take the slot that was wished for where it is free; else offer those that come nearest."""
        when = draft.value("when") or {}
        commune = draft.value("commune")
        first = _day(when.get("after")) or _day((when.get("days") or [None])[0])
        slots = await services.city.free_slots(commune, OFFICIAL[0], first=first, days=_AHEAD_DAYS)
        free = [each.starts_at.astimezone(BRUSSELS) for each in slots.items]
        fitting = _fitting(free, when)
        if len(fitting) == 1 and when.get("days") and when.get("time"):
            return _fact(fitting[0])
        if fitting:
            return _offer("which_appointment_slot", fitting, when)
        if not free and first is not None:  # so far ahead nothing can be booked yet
            slots = await services.city.free_slots(commune, OFFICIAL[0], days=_AHEAD_DAYS)
            free = [each.starts_at.astimezone(BRUSSELS) for each in slots.items]
        if not free:
            options = [ask("choice_appointment_desk", "city_commune_contact", commune=f"commune:{commune}")]
            return Question("appointment_desk_full", options=options)
        near = _nearest(free, when)
        return _offer("appointment_not_free", near, when)

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the choice, or another day or time."""
        chosen = picked(turn, draft)
        offered = draft.question.ids if draft.question else []
        if chosen and chosen != _LATER:
            return _fact(datetime.fromisoformat(chosen)) if chosen in offered else None
        if turn.intent == "affirm" and len([each for each in offered if each != _LATER]) == 1:
            return _fact(datetime.fromisoformat(offered[0]))
        before = draft.value("when") or {}
        if chosen == _LATER or turn.intent == "deny" or wants_later(turn.text):
            last = max((each for each in offered if each != _LATER), default=None)
            after = datetime.fromisoformat(last).date() + timedelta(days=1) if last else None
            when: dict[str, Any] = {"half": before.get("half"), "after": after.isoformat() if after else None}
        else:
            said = _said(turn, today(services.clock))
            if not said:
                return None
            when = {**before, "after": None, **said}
        draft.facts["when"] = Fact(when)
        return await self.prepare(draft, services)

    def asked(self, draft: Draft) -> Question:
        """Return the question without choices."""
        del draft
        return Question("which_appointment_slot")


def _said(turn: Turn, now: date) -> dict[str, Any]:
    """Return what a message wishes: all its words together where they name one day, else its date and time."""
    whole = wish_in_words(turn.text, now, turn.language)
    named = (turn.entity("date"), turn.entity("time"))
    if not any(named) or len(set(whole.get("days") or ())) == 1:
        return whole
    return wish(*named, now, turn.language)


def taken_meanwhile(error: CityProblemError) -> Question:
    """Return the question after somebody else was quicker, with the slots that the façade suggests."""
    free = sorted(Slot.model_validate(each).starts_at.astimezone(BRUSSELS) for each in error.suggestions)
    return _offer("appointment_slot_taken", free, {"days": True}) if free else Question("appointment_slot_taken")


def moment(starts_at: datetime) -> Part:
    """Return a day with its time."""
    local = starts_at.astimezone(BRUSSELS)
    return text("appointment_moment", day=day(local.date()), time=clock_time(local))


def _fitting(free: Sequence[datetime], when: dict[str, Any]) -> list[datetime]:
    """Return the slots that are as they were wished for."""
    days = when.get("days")
    span = Days(*map(date.fromisoformat, days)) if days else None
    clock = time.fromisoformat(when["time"]) if when.get("time") else None
    return [
        each
        for each in free
        if (span is None or each.date() in span)
        and (clock is None or each.time() == clock)
        and when.get("half") in (None, "morning" if each.time() < _NOON else "afternoon")
    ]


def _nearest(free: Sequence[datetime], when: dict[str, Any]) -> list[datetime]:
    """Return the slots nearest to a wish that cannot be: on its days at any time, else at its time on any day."""
    on_days = _fitting(free, {"days": when.get("days")})
    clock = time.fromisoformat(when["time"]) if when.get("time") else None
    if on_days and clock:
        near = sorted(on_days, key=lambda each: abs(_minutes(each.time()) - _minutes(clock)))
        return sorted(near[:_MOST])
    return on_days or _fitting(free, {"half": when.get("half")}) or list(free)


def _offer(reply: str, slots: Sequence[datetime], when: dict[str, Any]) -> Question:
    """Return the question with some slots: spread over the day where one was named, else the first of several days."""
    by_day = [list(each) for _, each in groupby(slots, key=lambda each: each.date())]
    if (when.get("days") and len(by_day) == 1) or len(slots) <= _MOST:
        shown = [slots[len(slots) * number // min(len(slots), _MOST)] for number in range(min(len(slots), _MOST))]
    else:
        shown = [each[0] for each in by_day[:_MOST]]
    labels: dict[str, Any] = {each.isoformat(): moment(each) for each in shown}
    # A row names its choice by its place among the choices, whose words are only known where they are said.
    rows = [{"at": each.isoformat(), "choice": number} for number, each in enumerate(shown)]
    offered = choices({**labels, _LATER: text("choice_appointment_later")})
    return Question(reply, **offered, cards=[{"type": "slots", "rows": rows}])


def _fact(starts_at: datetime) -> Fact:
    return Fact(starts_at.isoformat(), moment(starts_at))


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
