"""When to remind of collections: the evenings on which bags go out, and the moment for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from kit.quiet import QUIET, Quiet
from kit.reminding import moment
from services.gateway.dialogue.collections import Collection


@dataclass(frozen=True)
class Evening:
    """What goes out on one day, and when to say so."""

    put_out: date
    at: datetime
    items: tuple[Collection, ...]

    @property
    def until(self) -> datetime:
        """The end of the last window."""
        return max(item.put_out.until for item in self.items)


def evenings(
    items: Iterable[Collection], fraction: str | None, at: str | None, quiet: Quiet | None = QUIET
) -> list[Evening]:
    """Return the evenings for a reminder of one bag or of all, at a time of day or when the first bag may go out."""
    wanted = sorted((item for item in items if fraction in (None, item.fraction)), key=lambda item: item.put_out.opens)
    return [
        _evening(day, tuple(found), at, quiet) for day, found in groupby(wanted, key=lambda item: item.put_out.date)
    ]


def _evening(day: date, items: tuple[Collection, ...], at: str | None, quiet: Quiet | None) -> Evening:
    windows = [(item.put_out.opens, item.put_out.until) for item in items]
    return Evening(day, moment(day, windows, at, quiet), items)


def due(found: Iterable[Evening], since: datetime, last: date | None, now: datetime) -> Evening | None:
    """Return the evening to remind of: its moment has come since the reminder was set, and bags may still go out."""
    return next(
        (each for each in found if since < each.at <= now < each.until and (last is None or each.put_out > last)),
        None,
    )


def following(found: Iterable[Evening], now: datetime) -> datetime | None:
    """Return the next moment to come, or None where none is known."""
    return next((each.at for each in found if each.at > now), None)
