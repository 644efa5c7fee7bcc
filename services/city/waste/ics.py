"""Collections as an iCalendar file (RFC 5545, RFC 7986): one event for each evening on which to put bags out.

Pure: the same collections give the same bytes, so that a file's hash can be its ETag. An event keeps its UID for as
long as its evening stays the same, whatever the language and whichever bags were asked for.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Final

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from kit.clock import BRUSSELS
from kit.languages import Language
from kit.reminding import moment
from services.city.waste.calendar import Collection
from services.city.waste.ics_words import CalendarWords, words

_PRODID: Final = "-//Brussels city assistant//Waste collections//{language}"
#: How often a calendar application should ask again.
REFRESH: Final = timedelta(hours=12)
_NAMESPACE: Final = uuid.UUID("8b5f2f0e-6a0c-5e0b-9d51-1f6f2a1c7e44")


@dataclass(frozen=True)
class About:
    """What the calendar is about: the place, in one line, and whose data it is made from, and of when."""

    place_id: str
    place: str
    source: str
    source_url: str | None
    stamp: datetime


@dataclass(frozen=True)
class Ring:
    """When a calendar rings: minutes before bags may go out, or at a time of day ("20:00") as reminders do."""

    before_min: int | None = None
    at: str | None = None

    def trigger(self, together: Sequence[Collection]) -> timedelta | None:
        """Return when it rings for what goes out in one window, from the window's start; None: not at all."""
        opens = together[0].put_out_from
        if self.at is not None:
            windows = [(each.put_out_from, each.put_out_until) for each in together]
            return moment(together[0].put_out_from.date(), windows, self.at).astimezone(UTC) - opens.astimezone(UTC)
        return None if self.before_min is None else -timedelta(minutes=self.before_min)


def write(found: Sequence[Collection], about: About, language: Language, ring: Ring) -> bytes:
    """Return the file, with an alarm for each evening where there is one to ring."""
    say = words(language)
    calendar = Calendar()
    calendar.add("PRODID", _PRODID.format(language=language.upper()))
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("UID", str(uuid.uuid5(_NAMESPACE, about.place_id)))
    calendar.add("NAME", say.name(about.place))
    calendar.add("X-WR-CALNAME", say.name(about.place))
    calendar.add("X-WR-TIMEZONE", BRUSSELS.key)
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", f"PT{REFRESH // timedelta(hours=1)}H")
    calendar.add("LAST-MODIFIED", about.stamp)
    calendar.add_component(_timezone())
    for together in _evenings(found):
        calendar.add_component(_event(together, about, say, ring))
    return bytes(calendar.to_ical(sorted=False))


def _evenings(found: Sequence[Collection]) -> Iterator[list[Collection]]:
    """Yield the collections that go out in the same window of the same evening."""

    def window(each: Collection) -> tuple[datetime, datetime]:
        return each.put_out_from, each.put_out_until

    for _, together in groupby(sorted(found, key=window), key=window):
        yield list(together)


def _event(together: Sequence[Collection], about: About, say: CalendarWords, ring: Ring) -> Event:
    first = together[0]
    event = Event()
    evening = f"{about.place_id}|{first.put_out_from.isoformat()}"
    event.add("UID", str(uuid.uuid5(_NAMESPACE, evening)))
    event.add("DTSTAMP", about.stamp)
    event.add("DTSTART", first.put_out_from)
    event.add("DTEND", first.put_out_until)
    event.add("SUMMARY", say.summary(together), parameters={"LANGUAGE": say.language})
    event.add("DESCRIPTION", say.description(together, about.source), parameters={"LANGUAGE": say.language})
    event.add("LOCATION", about.place)
    event.add("CATEGORIES", [each.fraction for each in together])
    if about.source_url:
        event.add("URL", about.source_url)
    # Putting a bag out does not make anybody busy.
    event.add("TRANSP", "TRANSPARENT")
    trigger = ring.trigger(together)
    if trigger is not None:
        event.add_component(_alarm(say.summary(together), trigger))
    return event


def _alarm(text: str, trigger: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", text)
    alarm.add("TRIGGER", trigger)
    return alarm


@lru_cache(maxsize=1)
def _timezone() -> Timezone:
    """Return Brussels' zone by the rule that the European Union has had since 1996."""
    zone = Timezone()
    zone.add("TZID", BRUSSELS.key)
    for part, name, month, hour, before, after in (
        (TimezoneDaylight(), "CEST", 3, 2, 1, 2),
        (TimezoneStandard(), "CET", 10, 3, 2, 1),
    ):
        part.add("TZNAME", name)
        part.add("DTSTART", _last_sunday_1996(month, hour))
        part.add("TZOFFSETFROM", timedelta(hours=before))
        part.add("TZOFFSETTO", timedelta(hours=after))
        part.add("RRULE", vRecur(FREQ="YEARLY", BYMONTH=month, BYDAY="-1SU"))
        zone.add_component(part)
    return zone


def _last_sunday_1996(month: int, hour: int) -> datetime:
    """Return the wall-clock time at which the rule was first applied in a month of 31 days."""
    end = datetime(1996, month, 31, hour)  # noqa: DTZ001 (RFC 5545 wants it without a zone)
    return end - timedelta(days=(end.weekday() + 1) % 7)
