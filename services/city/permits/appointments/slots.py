"""The slots of a desk, from its opening hours: when they begin and end, and on which days there are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from kit.clock import BRUSSELS
from services.city.core.opening import WEEKDAYS
from services.city.core.working_days import holiday_name
from services.city.permits.appointments.facts import DeskFacts

Closed = Literal["public_holiday", "closed", "no_hours"]


@dataclass(frozen=True)
class Slot:
    """A slot in Brussels' time."""

    start: datetime
    end: datetime


def closed(desk: DeskFacts, day: date) -> Closed | None:
    """Return why a desk has no slots on a day; None where it has."""
    if holiday_name(day, "fr") is not None:
        return "public_holiday"
    if day in desk.closed_on:
        return "closed"
    return None if any(WEEKDAYS[day.weekday()] in opening.days for opening in desk.hours) else "no_hours"


def slots_on(desk: DeskFacts, day: date) -> list[Slot]:
    """Return all slots of a day in their order; one that would end after closing is none."""
    return [] if closed(desk, day) else sorted(_cut(desk, day), key=lambda slot: slot.start)


def bookable(desk: DeskFacts, now: datetime) -> tuple[datetime, date]:
    """Return the earliest instant at which a slot to be booked may start, and the last day that can be booked."""
    return now + timedelta(hours=desk.notice_hours), now.astimezone(BRUSSELS).date() + timedelta(days=desk.horizon_days)


def slots_between(desk: DeskFacts, first: date, last: date, now: datetime) -> list[Slot]:
    """Return the slots from one day to another that can still, or already, be booked."""
    earliest, horizon = bookable(desk, now)
    start, end = max(first, earliest.astimezone(BRUSSELS).date()), min(last, horizon)
    span = (start + timedelta(days=ahead) for ahead in range((end - start).days + 1))
    return [slot for day in span for slot in slots_on(desk, day) if slot.start >= earliest]


def _cut(desk: DeskFacts, day: date) -> Iterator[Slot]:
    length = timedelta(minutes=desk.slot_minutes)
    for opening in desk.hours:
        if WEEKDAYS[day.weekday()] not in opening.days:
            continue
        # Wall times are added up, so that a slot keeps its time on the day on which the clock changes.
        start = datetime.combine(day, opening.opens)
        while start + length <= datetime.combine(day, opening.closes):
            yield Slot(start.replace(tzinfo=BRUSSELS), (start + length).replace(tzinfo=BRUSSELS))
            start += length
