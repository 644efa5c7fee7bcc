from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.clock import BRUSSELS
from services.city.waste.calendar import collections
from services.city.waste.holidays import Holiday, Holidays
from services.city.waste.rounds import FRACTIONS, MIDNIGHT, Round, on_dates

SIX, EIGHT = 18 * 60, 20 * 60
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def holiday(day: str, moved_to: str | None) -> Holiday:
    return Holiday(date.fromisoformat(day), date.fromisoformat(moved_to) if moved_to else None, "f", "n", "e")


def days(rounds: list[Round], first: str, last: str, *moved: Holiday) -> list[tuple[str, str, str | None]]:
    found = collections(rounds, Holidays(moved), date.fromisoformat(first), date.fromisoformat(last))
    return [(str(c.day), c.fraction, str(c.holiday.day) if c.holiday else None) for c in found]


def weekly(fraction: str, weekday: int, until: int = MIDNIGHT) -> Round:
    return Round(fraction, weekday, SIX, until)  # type: ignore[arg-type]


def test_first_and_last_day_are_included() -> None:
    assert days([weekly("white", MON)], "2026-11-23", "2026-11-30") == [
        ("2026-11-23", "white", None),
        ("2026-11-30", "white", None),
    ]


def test_bags_of_a_day_come_in_a_fixed_order() -> None:
    rounds = [weekly(fraction, MON) for fraction in reversed(FRACTIONS)]
    assert [fraction for _, fraction, _ in days(rounds, "2026-11-23", "2026-11-23")] == list(FRACTIONS)


def test_a_moved_round_comes_on_its_new_day_only() -> None:
    found = days([weekly("white", FRI)], "2026-12-21", "2026-12-31", holiday("2026-12-25", "2026-12-26"))
    assert found == [("2026-12-26", "white", "2026-12-25")]


def test_a_dropped_round_does_not_come() -> None:
    assert days([weekly("white", FRI)], "2026-12-28", "2027-01-07", holiday("2027-01-01", None)) == []


def test_a_round_may_move_to_a_day_before_the_holiday() -> None:
    found = days([weekly("blue", MON)], "2026-04-03", "2026-04-06", holiday("2026-04-06", "2026-04-04"))
    assert found == [("2026-04-04", "blue", "2026-04-06")]


def test_a_round_that_moves_into_the_window_from_outside_is_in_it() -> None:
    moved = holiday("2026-12-25", "2026-12-26")
    assert days([weekly("white", FRI)], "2026-12-26", "2026-12-26", moved) == [("2026-12-26", "white", "2026-12-25")]


def test_a_round_that_moves_out_of_the_window_is_not_in_it() -> None:
    assert days([weekly("white", FRI)], "2026-12-25", "2026-12-25", holiday("2026-12-25", "2026-12-26")) == []


def test_a_holiday_moves_only_the_rounds_of_its_own_weekday() -> None:
    rounds = [weekly("white", FRI), weekly("yellow", THU)]
    found = days(rounds, "2026-12-24", "2026-12-27", holiday("2026-12-25", "2026-12-26"))
    assert found == [("2026-12-24", "yellow", None), ("2026-12-26", "white", "2026-12-25")]


def test_a_holiday_without_a_round_moves_nothing() -> None:
    assert days([weekly("white", MON)], "2026-11-10", "2026-11-15", holiday("2026-11-11", "2026-11-14")) == []


def test_the_week_between_stays_free_where_a_round_comes_every_other_week() -> None:
    green = on_dates("green", [date(2026, 12, 18), date(2027, 1, 1)], SIX, MIDNIGHT)
    assert days(green, "2026-12-18", "2026-12-31", holiday("2026-12-25", "2026-12-26")) == [
        ("2026-12-18", "green", None)
    ]


def test_a_moved_round_that_meets_an_ordinary_one_is_one_collection() -> None:
    rounds = [weekly("white", FRI), Round("white", TUE, SIX, EIGHT)]
    found = collections(rounds, Holidays([holiday("2026-12-25", "2026-12-29")]), date(2026, 12, 29), date(2026, 12, 29))
    assert [(c.fraction, c.round.weekday, c.holiday is not None) for c in found] == [("white", TUE, True)]


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        pytest.param(MIDNIGHT, "2026-11-24T00:00:00+01:00", id="midnight is the start of the day of collection"),
        pytest.param(EIGHT, "2026-11-23T20:00:00+01:00", id="an evening round"),
    ],
)
def test_the_window_is_on_the_evening_before(until: int, expected: str) -> None:
    (found,) = collections([weekly("white", TUE, until)], Holidays(), date(2026, 11, 24), date(2026, 11, 24))
    assert found.put_out_day == date(2026, 11, 23)
    assert found.put_out_from.isoformat() == "2026-11-23T18:00:00+01:00"
    assert found.put_out_until.isoformat() == expected


@pytest.mark.parametrize(
    ("day", "opens", "until"),
    [
        # Clocks change in the small hours of a Sunday: the window of a Sunday's or Monday's round lies beside it.
        pytest.param(date(2026, 3, 29), "2026-03-28T18:00:00+01:00", "2026-03-29T00:00:00+01:00", id="spring, Sunday"),
        pytest.param(date(2026, 3, 30), "2026-03-29T18:00:00+02:00", "2026-03-30T00:00:00+02:00", id="spring, Monday"),
        pytest.param(date(2026, 10, 25), "2026-10-24T18:00:00+02:00", "2026-10-25T00:00:00+02:00", id="autumn, Sunday"),
        pytest.param(date(2026, 10, 26), "2026-10-25T18:00:00+01:00", "2026-10-26T00:00:00+01:00", id="autumn, Monday"),
    ],
)
def test_windows_keep_their_wall_clock_over_daylight_saving(day: date, opens: str, until: str) -> None:
    (found,) = collections([weekly("white", day.weekday())], Holidays(), day, day)
    assert (found.put_out_from.isoformat(), found.put_out_until.isoformat()) == (opens, until)


def test_no_days_are_no_collections() -> None:
    assert days([weekly("white", MON)], "2026-11-24", "2026-11-23") == []


SOME_DAY = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@st.composite
def some_round(draw: st.DrawFn) -> Round:
    opens = draw(st.integers(0, MIDNIGHT - 1))
    first = draw(st.none() | SOME_DAY)
    return Round(
        fraction=draw(st.sampled_from(FRACTIONS)),
        weekday=first.weekday() if first else draw(st.integers(MON, SUN)),
        opens_min=opens,
        until_min=draw(st.integers(opens + 1, MIDNIGHT)),
        every_weeks=draw(st.integers(1, 4)) if first else 1,
        first=first,
        last=draw(st.none() | SOME_DAY),
    )


@st.composite
def some_holidays(draw: st.DrawFn) -> list[Holiday]:
    off = sorted(draw(st.sets(SOME_DAY, max_size=30)))
    shifts = st.none() | st.integers(-6, 6)
    moved = {day: day + timedelta(days=shift) if (shift := draw(shifts)) is not None else None for day in off}
    return [Holiday(day, to if to not in moved else None, "f", "n", "e") for day, to in moved.items()]


@settings(deadline=None)
@given(st.lists(some_round(), max_size=8), some_holidays(), SOME_DAY, st.integers(1, 92))
def test_whatever_the_calendar_the_days_hold_together(
    rounds: list[Round], off: list[Holiday], first: date, length: int
) -> None:
    last = first + timedelta(days=length - 1)
    found = collections(rounds, Holidays(off), first, last)
    keys = [(c.day, FRACTIONS.index(c.fraction)) for c in found]
    assert keys == sorted(set(keys)), "in order, and never two of one bag on one day"
    without = {each.day for each in off}
    for each in found:
        assert first <= each.day <= last
        assert each.day not in without, "never on a holiday"
        assert each.put_out_day == each.day - timedelta(days=1)
        midnight = datetime.combine(each.day, datetime.min.time(), tzinfo=BRUSSELS)
        assert each.put_out_from < each.put_out_until <= midnight, "always out before the day of collection begins"
        assert each.put_out_from.date() == each.put_out_day
        if each.holiday is not None:
            assert each.holiday.moved_to == each.day
        else:
            assert each.round.comes_on(each.day)


@settings(deadline=None)
@given(st.lists(some_round(), max_size=8), some_holidays(), SOME_DAY)
def test_no_round_is_lost_but_those_dropped(rounds: list[Round], off: list[Holiday], first: date) -> None:
    last = first + timedelta(days=60)
    found = {(c.day, c.fraction) for c in collections(rounds, Holidays(off), first, last)}
    moved = {each.day: each.moved_to for each in off}
    for day in (first + timedelta(days=ahead) for ahead in range(61)):
        to = moved.get(day, day)
        if to is not None and first <= to <= last:
            assert {(to, each.fraction) for each in rounds if each.comes_on(day)} <= found


@settings(deadline=None)
@given(st.lists(some_round(), max_size=5), some_holidays(), SOME_DAY, st.integers(1, 30), st.integers(1, 30))
def test_two_windows_side_by_side_are_one(
    rounds: list[Round], off: list[Holiday], first: date, one: int, other: int
) -> None:
    middle, last = first + timedelta(days=one), first + timedelta(days=one + other)
    holidays = Holidays(off)
    parts = [
        *collections(rounds, holidays, first, middle - timedelta(days=1)),
        *collections(rounds, holidays, middle, last),
    ]
    assert parts == collections(rounds, holidays, first, last)
