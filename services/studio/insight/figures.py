"""Figures of questions: how many of each kind in each hour, kept by the day because conversations are not kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Final, Protocol

from sqlalchemy import Connection, Table, delete, func, insert, select

from kit.clock import BRUSSELS, Clock
from services.desk.port import Storage

#: How many past days are caught up with at most, where conversations are still there.
_CAUGHT_UP: Final = 60


@dataclass(frozen=True)
class Figure:
    """So many questions of one kind in an hour of a day (in Brussels); an empty text is what is not known."""

    day: date
    hour: int
    intent: str
    language: str
    channel: str
    outcome: str
    commune: str
    questions: int = 1
    helped: int = 0
    not_helped: int = 0


KIND: Final = ("day", "hour", "intent", "language", "channel", "outcome", "commune")
COUNTS: Final = ("questions", "helped", "not_helped")
assert {each.name for each in fields(Figure)} == {*KIND, *COUNTS}  # noqa: S101 - two lists of the same names


class Counting(Protocol):
    """Counts the questions that are still kept."""

    def __call__(self, connection: Connection, first: date, last: date) -> list[Figure]:
        """Return the figures of some days, both included."""
        ...


class Figures:
    """The figures of the days: those of the past from their table, those of the others counted anew."""

    def __init__(self, storage: Storage, table: Table, counting: Counting, clock: Clock) -> None:
        self._storage = storage
        self._table = table
        self._counting = counting
        self._clock = clock

    @property
    def today(self) -> date:
        """The day that is not over."""
        return self._clock.now().astimezone(BRUSSELS).date()

    async def of(self, first: date, last: date) -> Sequence[Figure]:
        """Return the figures of some days, both included."""

        def read(connection: Connection) -> list[Figure]:
            kept_until = self._kept_until(connection)
            table = self._table
            query = select(table).where(table.c.day >= first, table.c.day <= last)
            found = [Figure(**row._mapping) for row in connection.execute(query)]
            open_from = max(first, kept_until + timedelta(days=1)) if kept_until else first
            return [*found, *(self._counting(connection, open_from, last) if open_from <= last else ())]

        return await self._storage.read(read)

    async def keep(self) -> int:
        """Keep the figures of the days that are over and not kept yet; return how many days."""
        yesterday = self.today - timedelta(days=1)

        def write(connection: Connection) -> int:
            until = self._kept_until(connection) or yesterday - timedelta(days=_CAUGHT_UP)
            days = [until + timedelta(days=n) for n in range(1, (yesterday - until).days + 1)]
            if not days:
                return 0
            counted = self._counting(connection, days[0], days[-1])
            connection.execute(delete(self._table).where(self._table.c.day >= days[0]))
            rows: list[dict[str, Any]] = [_values(each) for each in counted]
            # A day without a question is kept too: by a row of none, so that it is not counted again.
            rows += [_values(_nothing(day)) for day in set(days) - {each.day for each in counted}]
            connection.execute(insert(self._table), rows)
            return len(days)

        return await self._storage.write(write)

    def _kept_until(self, connection: Connection) -> date | None:
        found: date | None = connection.execute(select(func.max(self._table.c.day))).scalar()
        return found


def summed(figures: Iterable[Figure], *names: str) -> dict[tuple[Any, ...], Counter[str]]:
    """Return the counts by the values of some parts of their kind."""
    found: dict[tuple[Any, ...], Counter[str]] = {}
    for each in figures:
        counts = found.setdefault(tuple(getattr(each, name) for name in names), Counter())
        counts.update({name: getattr(each, name) for name in COUNTS})
    return found


def _values(figure: Figure) -> dict[str, Any]:
    return {name: getattr(figure, name) for name in (*KIND, *COUNTS)}


def _nothing(day: date) -> Figure:
    return Figure(day, 0, "", "", "", "", "", questions=0)
