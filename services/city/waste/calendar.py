"""The date engine: from rounds and holidays to collections, each with the window in which to put the bag out.

Pure: no clock, no database. The day to put out is always the day before the day of collection, moved days included.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from kit.clock import BRUSSELS
from services.city.waste.holidays import Holiday, Holidays
from services.city.waste.rounds import FRACTIONS, Fraction, Round


@dataclass(frozen=True)
class Collection:
    """One bag collected on one day; ``holiday`` is the one that the round was moved for."""

    round: Round
    day: date
    holiday: Holiday | None = None

    @property
    def fraction(self) -> Fraction:
        """The bag."""
        return self.round.fraction

    @property
    def put_out_day(self) -> date:
        """The day on which to put the bag out: the day before."""
        return self.day - timedelta(days=1)

    @property
    def put_out_from(self) -> datetime:
        """The earliest moment to put the bag out, in Brussels."""
        return _at(self.put_out_day, self.round.opens_min)

    @property
    def put_out_until(self) -> datetime:
        """The latest moment to put the bag out, in Brussels: at most 00:00 of the day of collection."""
        return _at(self.put_out_day, self.round.until_min)


def collections(rounds: Sequence[Round], holidays: Holidays, first: date, last: date) -> list[Collection]:
    """Return the collections from ``first`` to ``last``, both included, in order of day and then of bag.

    A bag is collected at most once a day: where a moved round meets an ordinary one, the ordinary one's window holds
    and the holiday is still named.
    """
    return [collection for day in _days(first, last) for collection in _on(day, rounds, holidays)]


def _on(day: date, rounds: Sequence[Round], holidays: Holidays) -> list[Collection]:
    due: dict[Fraction, Collection] = {}
    if day not in holidays:
        for each in rounds:
            if each.comes_on(day):
                due.setdefault(each.fraction, Collection(each, day))
    for holiday in holidays.moved_to(day):
        for each in rounds:
            if each.comes_on(holiday.day):
                ordinary = due.get(each.fraction)
                due[each.fraction] = (
                    replace(ordinary, holiday=ordinary.holiday or holiday)
                    if ordinary
                    else Collection(each, day, holiday)
                )
    return sorted(due.values(), key=lambda collection: FRACTIONS.index(collection.fraction))


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def _at(day: date, minutes: int) -> datetime:
    """Return a wall-clock time of a day; minute 1440 is midnight at its end, whatever the offset does that night."""
    return datetime.combine(day, time.min, tzinfo=BRUSSELS) + timedelta(minutes=minutes)
