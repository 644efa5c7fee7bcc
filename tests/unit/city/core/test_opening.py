from datetime import date, datetime

import pytest

from kit.clock import BRUSSELS
from services.city.core.opening import Opening, Status, openings_on, public_holiday, status

HOURS = (
    Opening.model_validate({"days": ["mon", "tue", "wed", "thu", "fri"], "opens": "08:30", "closes": "12:00"}),
    Opening.model_validate({"days": ["thu"], "opens": "16:00", "closes": "19:00"}),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("now", "is_open", "opens_next"),
    [
        pytest.param("2026-11-23T08:29", False, "2026-11-23T08:30", id="a minute before"),
        pytest.param("2026-11-23T08:30", True, None, id="on the minute it opens"),
        pytest.param("2026-11-23T11:59", True, None, id="the last minute"),
        pytest.param("2026-11-23T12:00", False, "2026-11-24T08:30", id="on the minute it closes"),
        pytest.param("2026-11-26T13:00", False, "2026-11-26T16:00", id="between two openings of a day"),
        pytest.param("2026-11-27T12:30", False, "2026-11-30T08:30", id="over the weekend"),
        pytest.param("2026-12-25T09:00", False, "2026-12-28T08:30", id="closed on Christmas, a Friday"),
        pytest.param("2026-10-23T15:00", False, "2026-10-26T08:30", id="over the end of summer time"),
    ],
)
def test_status_follows_the_week(now: str, is_open: bool, opens_next: str | None) -> None:
    assert status(HOURS, at(now)) == Status(is_open, at(opens_next) if opens_next else None)


def test_next_opening_has_the_offset_of_its_own_day() -> None:
    opens_next = status(HOURS, at("2026-10-23T15:00")).opens_next
    assert opens_next is not None
    assert opens_next.isoformat() == "2026-10-26T08:30:00+01:00"


def test_an_instant_of_another_zone_is_read_in_brussels() -> None:
    assert status(HOURS, datetime.fromisoformat("2026-11-23T07:45:00+00:00")).open_now is True


def test_what_works_on_holidays_is_open_on_christmas() -> None:
    assert status(HOURS, at("2026-12-25T09:00"), open_on_holidays=True).open_now is True


@pytest.mark.parametrize(
    ("hours", "always_open", "expected"),
    [
        pytest.param(None, True, Status(True), id="day and night"),
        pytest.param(None, False, Status(None), id="hours not known"),
        pytest.param((), False, Status(False), id="never open"),
    ],
)
def test_status_without_hours(hours: tuple[Opening, ...] | None, always_open: bool, expected: Status) -> None:
    assert status(hours, at("2026-11-23T09:00"), always_open=always_open) == expected


def test_what_is_open_says_when_it_closes() -> None:
    assert status(HOURS, at("2026-11-23T09:00")).closes == at("2026-11-23T12:00")
    assert status(HOURS, at("2026-11-23T13:00")).closes is None


def test_a_closed_day_is_passed_over() -> None:
    closed = {date(2026, 11, 23), date(2026, 11, 24)}
    assert status(HOURS, at("2026-11-23T09:00"), closed_on=closed) == Status(False, at("2026-11-25T08:30"))


@pytest.mark.parametrize(
    ("day", "openings"),
    [
        pytest.param(date(2026, 11, 26), [("08:30", "12:00"), ("16:00", "19:00")], id="a day with two"),
        pytest.param(date(2026, 11, 28), [], id="a day without"),
        pytest.param(date(2026, 12, 25), [], id="a public holiday"),
    ],
)
def test_the_openings_of_a_day(day: date, openings: list[tuple[str, str]]) -> None:
    found = [(f"{opens:%H:%M}", f"{closes:%H:%M}") for opens, closes in openings_on(HOURS, day)]
    assert found == openings


def test_public_holidays_are_belgiums() -> None:
    assert public_holiday(date(2026, 7, 21))
    assert not public_holiday(date(2026, 7, 14))
