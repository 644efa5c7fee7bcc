"""A departure as a board shows it: scheduled, measured, or both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from services.city.transport.timetable import Leaving


@dataclass(frozen=True, slots=True)
class Departing:
    """A departure; ``at`` (UTC) is when it is expected where that is known, else when it is scheduled.

    ``leaving`` is None for a vehicle that the timetable does not have.
    """

    leaving: Leaving | None
    line_id: int
    headsign: tuple[str, str]
    platform: str | None
    at: datetime
    zone: ZoneInfo
    source: str | None = None  # the real-time source that measured it
    cancelled: bool = False
    trip_id: str | None = None

    @property
    def measured(self) -> bool:
        """Whether real time knows it, rather than the timetable alone."""
        return self.source is not None

    @property
    def delay_s(self) -> int | None:
        """How much later than scheduled it is expected; None where that is not known."""
        if self.leaving is None or not self.measured or self.cancelled:
            return None
        return round((self.at - self.leaving.at).total_seconds())

    def expected(self, at: datetime, source: str, headsign: tuple[str, str] | None = None) -> Departing:
        """Return it as measured."""
        return replace(self, at=at, source=source, headsign=headsign or self.headsign)

    def called_off(self, source: str) -> Departing:
        """Return it as cancelled."""
        return replace(self, source=source, cancelled=True)


def scheduled(leaving: Leaving) -> Departing:
    """Return a departure as the timetable has it."""
    call = leaving.call
    return Departing(
        leaving, call.line_id, call.headsign, call.platform, leaving.at, leaving.zone, trip_id=leaving.run.trip_id
    )


def in_order(found: Iterable[Departing]) -> Iterator[Departing]:
    """Yield departures that are in order of time; of a trip that halts at two platforms in a row, the first."""
    seen: set[object] = set()
    for each in found:
        if halt(each, -1) not in seen:
            yield each
        seen.add(halt(each))


def halt(each: Departing, step: int = 0) -> object:
    """Return what tells a trip's call, or the one so many steps on, from any other; None without a trip."""
    if each.leaving is None:
        return None
    run = each.leaving.run
    return run.row, run.day, run.call[1] + step
