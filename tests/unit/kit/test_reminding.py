"""When bags and appointments are reminded of."""

from datetime import date, datetime

import pytest

from kit.quiet import QUIET, Quiet
from kit.reminding import day_before, moment


def window(opens: str, until: str) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(opens), datetime.fromisoformat(until)


EVENING = [window("2026-11-24T18:00:00+01:00", "2026-11-25T00:00:00+01:00")]
MORNING = [window("2026-11-25T05:00:00+01:00", "2026-11-25T07:00:00+01:00")]


@pytest.mark.parametrize(
    ("windows", "at", "quiet", "said"),
    [
        (EVENING, None, QUIET, "2026-11-24T18:00:00+01:00"),
        (EVENING, "20:00", QUIET, "2026-11-24T20:00:00+01:00"),
        (EVENING, "23:00", QUIET, "2026-11-24T23:00:00+01:00"),  # who names a time is reminded then
        (EVENING, None, Quiet("17:00", "08:00"), "2026-11-24T16:45:00+01:00"),
        (EVENING, None, None, "2026-11-24T18:00:00+01:00"),
    ],
)
def test_bags_are_reminded_of_when_they_may_go_out_or_before_it_gets_quiet(windows, at, quiet, said):
    assert moment(date(2026, 11, 24), windows, at, quiet).isoformat() == said


def test_bags_of_the_early_morning_are_reminded_of_the_evening_before():
    assert moment(date(2026, 11, 25), MORNING, None).isoformat() == "2026-11-24T21:45:00+01:00"


def test_bags_of_the_day_on_which_the_clocks_change():
    spring = [window("2027-03-28T18:00:00+02:00", "2027-03-29T00:00:00+02:00")]
    assert moment(date(2027, 3, 28), spring, "20:00").isoformat() == "2027-03-28T20:00:00+02:00"


@pytest.mark.parametrize(
    ("starts", "quiet", "said"),
    [
        ("2026-11-27T09:30:00+01:00", QUIET, "2026-11-26T17:00:00+01:00"),
        ("2027-03-29T09:30:00+02:00", QUIET, "2027-03-28T17:00:00+02:00"),
        ("2026-11-27T09:30:00+01:00", Quiet("16:00", "10:00"), "2026-11-26T15:45:00+01:00"),
    ],
)
def test_an_appointment_is_reminded_of_the_afternoon_before(starts, quiet, said):
    assert day_before(datetime.fromisoformat(starts), quiet).isoformat() == said
