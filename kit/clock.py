"""The one clock: everything that asks what time it is asks here.

``BXL_NOW`` (ISO 8601 with an offset) stops the clock at that instant for a whole run, in every process.
"""

from __future__ import annotations

import os
from datetime import date, datetime
from typing import Final, Protocol
from zoneinfo import ZoneInfo

BRUSSELS: Final = ZoneInfo("Europe/Brussels")


class Clock(Protocol):
    """Tells the current instant, in Europe/Brussels."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(BRUSSELS)


class FixedClock:
    """A clock that stands still."""

    def __init__(self, instant: datetime) -> None:
        if instant.tzinfo is None:
            raise ValueError("a fixed clock needs an instant with a time zone, for example 2026-11-23T08:15:00+01:00")
        self._instant = instant.astimezone(BRUSSELS)

    def now(self) -> datetime:
        return self._instant


def clock_from_environment(variable: str = "BXL_NOW") -> Clock:
    """Return the fixed clock that the environment asks for, else the system's.

    Raises ValueError, naming the variable, where its value is not an instant with an offset.
    """
    text = os.environ.get(variable, "").strip()
    if not text:
        return SystemClock()
    try:
        return FixedClock(datetime.fromisoformat(text.replace("Z", "+00:00")))
    except ValueError as error:
        raise ValueError(f"{variable}={text!r}: {error}") from error


def today(clock: Clock) -> date:
    """Return the calendar day in Brussels."""
    return clock.now().date()
