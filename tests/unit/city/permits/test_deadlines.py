from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.city.core.working_days import holiday_name, is_working_day, working_days_before
from services.city.permits.deadlines import last_day_to_ask, lead_time_of
from services.city.permits.facts import LeadTime


def lead_time(count: int, unit: str, variant: str | None = None) -> LeadTime:
    return LeadTime.model_validate({"count": count, "unit": unit, "variant": variant, "kind": "rule"})


@pytest.mark.parametrize(
    ("day", "count", "unit", "expected"),
    [
        pytest.param(date(2026, 11, 30), 10, "working_days", date(2026, 11, 16), id="two weeks"),
        pytest.param(date(2026, 11, 29), 1, "working_days", date(2026, 11, 27), id="before a Sunday"),
        pytest.param(date(2026, 11, 12), 2, "working_days", date(2026, 11, 9), id="over Armistice Day"),
        pytest.param(date(2027, 1, 4), 5, "working_days", date(2026, 12, 24), id="over Christmas and New Year"),
        pytest.param(date(2026, 12, 20), 15, "days", date(2026, 12, 4), id="days that end on a Saturday"),
        pytest.param(date(2026, 12, 19), 15, "days", date(2026, 12, 4), id="days that end on a Friday"),
        pytest.param(date(2027, 5, 31), 3, "months", date(2027, 2, 26), id="months to a day that is not there"),
        pytest.param(date(2028, 5, 31), 3, "months", date(2028, 2, 29), id="months to a leap day"),
        pytest.param(date(2027, 2, 15), 3, "months", date(2026, 11, 13), id="months into the year before"),
        pytest.param(date(2027, 1, 31), 13, "months", date(2025, 12, 31), id="more than a year"),
    ],
)
def test_the_last_day_is_counted_back(day: date, count: int, unit: str, expected: date) -> None:
    assert last_day_to_ask(day, lead_time(count, unit)) == expected


days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(days, st.integers(1, 60))
def test_between_both_days_lie_as_many_working_days_as_asked_for(day: date, count: int) -> None:
    last = working_days_before(day, count)
    span = [last + timedelta(days=ahead) for ahead in range((day - last).days)]
    assert sum(map(is_working_day, span)) == count
    assert is_working_day(last)


@given(days, st.integers(1, 12), st.sampled_from(["working_days", "days", "months"]))
def test_the_last_day_is_a_working_day_before(day: date, count: int, unit: Any) -> None:
    last = last_day_to_ask(day, lead_time(count, unit))
    assert is_working_day(last)
    assert last < day


def test_a_variants_own_lead_time_comes_before_the_general_one() -> None:
    times = [lead_time(5, "days"), lead_time(2, "months", "fair")]
    assert lead_time_of(times, "fair") == times[1]
    assert lead_time_of(times, "march") == times[0]
    assert lead_time_of(times, None) == times[1]
    assert lead_time_of([], None) is None


@pytest.mark.parametrize(("language", "name"), [("fr", "Noël"), ("nl", "Kerstmis"), ("en", "Christmas Day")])
def test_a_holiday_is_named_in_each_language(language: Any, name: str) -> None:
    assert holiday_name(date(2026, 12, 25), language) == name
    assert holiday_name(date(2026, 12, 24), language) is None
