"""When a parking zone's rule holds, in words: now, at a moment, or on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from actions.city.mobility_models import ParkingZone
from actions.communes.hours import closing_time, on_weekday, opening_moment, spans
from actions.speech import on_day
from kit.clock import BRUSSELS
from kit.replies import Part, clock_time, text


@dataclass(frozen=True)
class When:
    """A moment that is asked about, or a whole day; neither is now."""

    moment: datetime | None = None
    day: date | None = None

    @property
    def at(self) -> datetime | None:
        """The moment to ask about: a whole day from its first minute on, which tells a public holiday too."""
        return self.moment or (datetime.combine(self.day, time(), tzinfo=BRUSSELS) if self.day else None)


NOW: Final = When()


def state(zone: ParkingZone, when: When, now: datetime) -> Part | None:
    """Return whether one has to pay, or to show the disc, then; None where the hours are not known."""
    if zone.holds_at is None:
        return None
    if when.day:
        return _on_day(zone, when.day, now)
    if when.moment:
        local = when.moment.astimezone(BRUSSELS)
        return text(_reply(zone, "at", zone.holds_at), day=on_day(local.date(), now.date()), time=clock_time(local))
    until = closing_time(zone.hours, now)
    if zone.holds_at and until:
        return text(_reply(zone, "now", holds=True), until=clock_time(until))
    if not zone.holds_at and zone.holds_next:
        return text(_reply(zone, "now", holds=False), opens=opening_moment(zone.holds_next, now.date()))
    return None


def _on_day(zone: ParkingZone, day: date, now: datetime) -> Part:
    begins = zone.holds_next.astimezone(BRUSSELS).date() if zone.holds_next else None
    said, openings = on_day(day, now.date()), on_weekday(zone.hours, day)
    if (zone.holds_at or begins == day) and openings:
        return text(_reply(zone, "day", holds=True), day=said, spans=spans(openings, day))
    return text(_reply(zone, "day", holds=False), day=said)


def _reply(zone: ParkingZone, when: str, holds: bool) -> str:
    return _STATES["disc" if zone.disc else "paid", when, holds]


_STATES: Final = {
    ("paid", "now", True): "parking_paid_now",
    ("paid", "now", False): "parking_free_now",
    ("paid", "at", True): "parking_paid_at",
    ("paid", "at", False): "parking_free_at",
    ("paid", "day", True): "parking_paid_day",
    ("paid", "day", False): "parking_free_day",
    ("disc", "now", True): "parking_disc_now",
    ("disc", "now", False): "parking_no_disc_now",
    ("disc", "at", True): "parking_disc_at",
    ("disc", "at", False): "parking_no_disc_at",
    ("disc", "day", True): "parking_disc_day",
    ("disc", "day", False): "parking_no_disc_day",
}
