"""Service days around midnight and the nights on which the clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.clock import BRUSSELS
from services.city.transport import service_days

HOUR = 3600


@pytest.mark.parametrize(
    ("day", "seconds", "local"),
    [
        pytest.param(date(2026, 11, 24), 8 * HOUR, "2026-11-24T08:00:00+01:00", id="an ordinary day"),
        pytest.param(date(2026, 11, 24), 25 * HOUR, "2026-11-25T01:00:00+01:00", id="past midnight"),
        pytest.param(date(2026, 10, 24), 26 * HOUR, "2026-10-25T02:00:00+02:00", id="the hour that comes twice, first"),
        pytest.param(date(2026, 10, 24), 27 * HOUR, "2026-10-25T02:00:00+01:00", id="the hour that comes twice, again"),
        pytest.param(date(2026, 10, 25), 0, "2026-10-25T01:00:00+02:00", id="a day of 25 hours starts at one"),
        pytest.param(date(2026, 10, 25), 6 * HOUR, "2026-10-25T06:00:00+01:00", id="and is itself from three on"),
        pytest.param(date(2027, 3, 27), 26 * HOUR, "2027-03-28T03:00:00+02:00", id="the hour that does not come"),
        pytest.param(date(2027, 3, 28), 0, "2027-03-27T23:00:00+01:00", id="a day of 23 hours starts the day before"),
        pytest.param(date(2027, 3, 28), 6 * HOUR, "2027-03-28T06:00:00+02:00", id="and is itself from three on too"),
    ],
)
def test_seconds_count_from_noon_minus_twelve_hours(day: date, seconds: int, local: str) -> None:
    assert service_days.instant(day, seconds, BRUSSELS).astimezone(BRUSSELS).isoformat() == local


@given(
    day=st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    seconds=st.integers(0, 60 * HOUR),
    before=st.integers(0, 24 * HOUR),
    after=st.integers(1, 24 * HOUR),
)
def test_every_span_around_a_departure_touches_its_service_day(
    day: date, seconds: int, before: int, after: int
) -> None:
    instant = service_days.instant(day, seconds, BRUSSELS)
    since, until = instant - timedelta(seconds=before), instant + timedelta(seconds=after)
    spans = {span.day: span for span in service_days.touched(since, until, BRUSSELS, 60 * HOUR)}
    assert spans[day].first_s <= seconds < spans[day].end_s


def test_days_whose_timetable_is_over_are_not_touched() -> None:
    since = datetime(2026, 11, 24, 11, tzinfo=UTC)
    days = [span.day for span in service_days.touched(since, since + timedelta(hours=1), BRUSSELS, 20 * HOUR)]
    assert days == [date(2026, 11, 24)]
