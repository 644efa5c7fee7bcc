"""calendar.txt and calendar_dates.txt, either of which may be missing, as the days on which each service runs."""

from __future__ import annotations

from datetime import date
from typing import Final

from services.feeds.gtfs.archive import Archive
from services.feeds.gtfs.errors import UnusableFeedError
from services.feeds.gtfs.model import Service
from services.feeds.gtfs.problems import Problems
from services.feeds.gtfs.tables import read_table
from services.feeds.gtfs.values import parse_date

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: Calendars "until 2099" are common; no timetable is right that far on.
LONGEST_DAYS: Final = 366 * 5
_ADDED, _REMOVED = "1", "2"


def read_services(archive: Archive, problems: Problems) -> dict[str, Service]:
    """Return the services by id, also those that never run; raises UnusableFeedError where none ever does."""
    days: dict[str, tuple[date, int]] = {}
    files = archive.names()
    if not {"calendar.txt", "calendar_dates.txt"} & files:
        raise UnusableFeedError("missing_file", "The feed has neither calendar.txt nor calendar_dates.txt.")
    if "calendar.txt" in files:
        _read_calendar(archive, problems, days)
    if "calendar_dates.txt" in files:
        _read_exceptions(archive, problems, days)
    if not any(bits for _first, bits in days.values()):
        raise UnusableFeedError("no_service", "The feed's calendar has no service on any day.")
    return {key: Service(first, bits) for key, (first, bits) in days.items()}


def _read_calendar(archive: Archive, problems: Problems, days: dict[str, tuple[date, int]]) -> None:
    file = "calendar.txt"
    weeks: dict[tuple[date, date, str], int] = {}
    for line, row in read_table(archive, file, problems, ("service_id", *_WEEKDAYS, "start_date", "end_date")):
        service, *flags = row[:8]
        try:
            first, last = parse_date(row[8]), parse_date(row[9])
        except ValueError as error:
            problems.add(file, line, "start_date or end_date", str(error))
            continue
        week = "".join(flag.strip() for flag in flags)
        if not service or len(week) != len(_WEEKDAYS) or set(week) - {"0", "1"}:
            problems.add(file, line, "a service needs an id and 0 or 1 for each weekday")
        elif last < first:
            problems.add(file, line, "end_date is before start_date", f"{first} to {last}")
        elif service in days:
            problems.add(file, line, "service_id is there twice", service)
        else:
            key = (first, last, week)
            if key not in weeks:
                weeks[key] = _weekly_bits(first, last, week)
            days[service] = (first, weeks[key])


def _weekly_bits(first: date, last: date, week: str) -> int:
    bits = 0
    for offset in range(min((last - first).days + 1, LONGEST_DAYS)):
        if week[(first.weekday() + offset) % 7] == "1":
            bits |= 1 << offset
    return bits


def _read_exceptions(archive: Archive, problems: Problems, days: dict[str, tuple[date, int]]) -> None:
    file = "calendar_dates.txt"
    for line, (service, day_text, kind) in read_table(
        archive, file, problems, ("service_id", "date", "exception_type")
    ):
        try:
            day = parse_date(day_text)
        except ValueError as error:
            problems.add(file, line, "date", str(error))
            continue
        if not service or kind.strip() not in {_ADDED, _REMOVED}:
            problems.add(file, line, "an exception needs a service_id and an exception_type 1 or 2")
            continue
        first, bits = days.get(service, (day, 0))
        if day < first:
            if (first - day).days > LONGEST_DAYS:
                problems.note(file, line, "too many years before the service's other days", str(day))
                continue
            bits, first = bits << (first - day).days, day
        offset = (day - first).days
        if offset > LONGEST_DAYS:
            problems.note(file, line, "too many years after the service's first day", str(day))
            continue
        bits = bits | 1 << offset if kind.strip() == _ADDED else bits & ~(1 << offset)
        days[service] = (first, bits)
