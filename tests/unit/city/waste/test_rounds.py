from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.city.waste.rounds import MIDNIGHT, Round, on_dates

SIX, EIGHT = 18 * 60, 20 * 60
#: A Thursday, on which the anchored rounds below start.
ANCHOR = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("day", "comes"),
    [
        pytest.param("2026-11-23", True, id="its weekday"),
        pytest.param("2026-11-24", False, id="the day after"),
        pytest.param("2026-11-22", False, id="the evening before is not the day of collection"),
        pytest.param("2026-11-30", True, id="the week after"),
        pytest.param("2027-01-04", True, id="in another year"),
    ],
)
def test_a_weekly_round_comes_on_its_weekday(day: str, comes: bool) -> None:
    assert Round("white", 0, SIX, MIDNIGHT).comes_on(date.fromisoformat(day)) is comes


@pytest.mark.parametrize(
    ("day", "comes"),
    [
        pytest.param("2026-03-05", True, id="the anchor"),
        pytest.param("2026-03-12", False, id="the week between"),
        pytest.param("2026-03-19", True, id="a fortnight later"),
        pytest.param("2026-02-19", False, id="before the first"),
        pytest.param("2026-04-02", True, id="over the start of summer time"),
        pytest.param("2026-11-26", True, id="the last"),
        pytest.param("2026-12-10", False, id="after the last"),
    ],
)
def test_a_round_every_other_week_counts_from_its_first_day(day: str, comes: bool) -> None:
    green = Round("green", 3, SIX, MIDNIGHT, every_weeks=2, first=ANCHOR, last=date(2026, 11, 26))
    assert green.comes_on(date.fromisoformat(day)) is comes


def test_two_anchors_a_week_apart_never_come_in_the_same_week() -> None:
    even = Round("green", 3, SIX, MIDNIGHT, every_weeks=2, first=ANCHOR)
    odd = Round("green", 3, SIX, MIDNIGHT, every_weeks=2, first=ANCHOR + timedelta(weeks=1))
    thursdays = [ANCHOR + timedelta(weeks=ahead) for ahead in range(1, 53)]
    assert all(even.comes_on(day) != odd.comes_on(day) for day in thursdays)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        pytest.param({"opens_min": SIX, "until_min": SIX}, "no window", id="an empty window"),
        pytest.param({"opens_min": EIGHT, "until_min": SIX}, "no window", id="a window that ends before it begins"),
        pytest.param({"opens_min": SIX, "until_min": MIDNIGHT + 1}, "no window", id="into the day of collection"),
        pytest.param({"opens_min": -1, "until_min": SIX}, "no window", id="before the day to put out"),
        pytest.param(
            {"opens_min": SIX, "until_min": EIGHT, "every_weeks": 2},
            "first day to count from",
            id="nothing to count from",
        ),
        pytest.param(
            {"opens_min": SIX, "until_min": EIGHT, "first": ANCHOR},
            "not a weekday 0",
            id="an anchor on another weekday",
        ),
    ],
)
def test_a_round_that_cannot_be_is_refused(fields: dict[str, int], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Round("white", 0, **fields)  # type: ignore[arg-type]


def test_dates_of_two_seasons_become_two_rounds() -> None:
    first, second = [ANCHOR, ANCHOR + timedelta(weeks=2)], [date(2027, 3, 4), date(2027, 3, 18), date(2027, 4, 1)]
    found = on_dates("green", [*second, *first], SIX, MIDNIGHT)
    assert [(each.first, each.last) for each in found] == [(first[0], first[-1]), (second[0], second[-1])]


def test_dates_of_every_week_become_one_round_for_each_weekday_and_gap() -> None:
    weekly = [ANCHOR + timedelta(weeks=week) for week in range(8) if week != 5]
    found = on_dates("white", [*weekly, *(day + timedelta(days=4) for day in weekly[:3])], SIX, MIDNIGHT)
    assert [(each.weekday, each.every_weeks, each.first, each.last) for each in found] == [
        (3, 1, weekly[0], weekly[4]),
        (3, 1, weekly[5], weekly[6]),
        (0, 1, weekly[0] + timedelta(days=4), weekly[2] + timedelta(days=4)),
    ]


@settings(deadline=None)
@given(st.sets(st.dates(date(2025, 1, 1), date(2027, 12, 31)), max_size=40))
def test_rounds_of_dates_come_on_those_dates_and_no_others(dates: set[date]) -> None:
    found = on_dates("green", dates, SIX, MIDNIGHT)
    days = (date(2024, 12, 1) + timedelta(days=ahead) for ahead in range(1200))
    assert {day for day in days if any(each.comes_on(day) for each in found)} == dates


@pytest.mark.parametrize(("until", "evening"), [(EIGHT, True), (MIDNIGHT, False)])
def test_a_window_that_ends_before_midnight_is_of_an_evening_round(until: int, evening: bool) -> None:
    assert Round("white", 0, SIX, until).in_the_evening is evening
