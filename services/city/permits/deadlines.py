"""The last day on which to ask, so that something can take place on a day."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, timedelta

from services.city.core.working_days import is_working_day, working_days_before
from services.city.permits.facts import LeadTime


def lead_time_of(lead_times: Iterable[LeadTime], variant: str | None) -> LeadTime | None:
    """Return the lead time of a variant: its own, else that of all; without a variant, the longest, to be sure."""
    known = list(lead_times)
    if variant is not None:
        own = [each for each in known if each.variant == variant]
        known = own or [each for each in known if each.variant is None]
    return max(known, key=_roughly, default=None)


def last_day_to_ask(day: date, lead_time: LeadTime) -> date:
    """Return the last working day on which to ask for a day.

    Working days are counted back without the day itself, weekends and public holidays. A number of days or months
    that ends on another day than a working day means the working day before, when desks are open.
    """
    if lead_time.unit == "working_days":
        return working_days_before(day, lead_time.count)
    last = day - timedelta(days=lead_time.count) if lead_time.unit == "days" else _months_before(day, lead_time.count)
    return last if is_working_day(last) else working_days_before(last, 1)


def _months_before(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 - count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _roughly(lead_time: LeadTime) -> float:
    """Return a lead time in days, to compare those of different units."""
    return lead_time.count * {"working_days": 1.5, "days": 1.0, "months": 30.0}[lead_time.unit]
