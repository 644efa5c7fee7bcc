"""Dates and times as clients send them, with and without a zone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from kit.clock import BRUSSELS
from services.city.open311.errors import GeoReportError

#: The longest span that one answer covers, and the span of one that nobody asked a span for.
MOST: Final = timedelta(days=90)


def span(start: str | None, end: str | None, now: datetime) -> tuple[datetime, datetime]:
    """Return the span to search: 90 days where one end or both are missing.

    Raises GeoReportError (400) where a date is none, the end is before the start, or the span is longer than 90 days.
    """
    first, last = _moment("start_date", start), _moment("end_date", end)
    try:
        if first is None:
            last = last or now
            first = last - MOST
        last = last or first + MOST
    except OverflowError as error:
        raise GeoReportError(400, "start_date, end_date: too far from today.") from error
    if last < first:
        raise GeoReportError(400, "end_date is before start_date.")
    # A calendar's 90 days are an hour longer where the clock is put back.
    if last - first > MOST + timedelta(hours=1):
        raise GeoReportError(400, "start_date and end_date may not span more than 90 days.")
    return first, last


def _moment(name: str, text: str | None) -> datetime | None:
    if text is None or not text.strip():
        return None
    try:
        # A plus sign that was not written as %2B arrives as a space.
        moment = datetime.fromisoformat(text.strip().replace(" ", "+"))
    except ValueError as error:
        raise GeoReportError(400, f"{name} is a date and time in ISO 8601, such as 2026-11-23T08:15:00Z.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=BRUSSELS)
