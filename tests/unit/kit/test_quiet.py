"""Quiet hours by the clock on the wall, over midnight and over the days on which the clocks change."""

from datetime import datetime

import pytest

from kit.quiet import QUIET, Quiet


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("moment", "holds"),
    [
        ("2026-11-24T21:59:59+01:00", False),
        ("2026-11-24T22:00:00+01:00", True),
        ("2026-11-25T00:00:00+01:00", True),
        ("2026-11-25T06:59:59+01:00", True),
        ("2026-11-25T07:00:00+01:00", False),
        ("2026-11-24T21:30:00+00:00", True),  # half past ten in Brussels
    ],
)
def test_they_hold_from_their_start_to_their_end(moment, holds):
    assert QUIET.holds(at(moment)) is holds


def test_hours_within_a_day_and_none_at_all():
    nap = Quiet("13:00", "15:00")
    assert [nap.holds(at(f"2026-11-24T{hour}:00+01:00")) for hour in ("12:59", "13:00", "14:59", "15:00")] == [
        False,
        True,
        True,
        False,
    ]
    assert not any(Quiet("00:00", "00:00").holds(at(f"2026-11-24T{hour:02}:00:00+01:00")) for hour in range(24))


@pytest.mark.parametrize(
    ("moment", "began", "over"),
    [
        ("2026-11-24T23:00:00+01:00", "2026-11-24T22:00:00+01:00", "2026-11-25T07:00:00+01:00"),
        ("2026-11-25T03:00:00+01:00", "2026-11-24T22:00:00+01:00", "2026-11-25T07:00:00+01:00"),
        # The clocks go forward in the night of 28 March 2027, and back in that of 31 October.
        ("2027-03-28T01:30:00+01:00", "2027-03-27T22:00:00+01:00", "2027-03-28T07:00:00+02:00"),
        ("2027-10-31T02:30:00+02:00", "2027-10-30T22:00:00+02:00", "2027-10-31T07:00:00+01:00"),
        ("2027-10-31T02:30:00+01:00", "2027-10-30T22:00:00+02:00", "2027-10-31T07:00:00+01:00"),
    ],
)
def test_when_they_began_and_are_over(moment, began, over):
    assert QUIET.began(at(moment)).isoformat() == began
    assert QUIET.over(at(moment)).isoformat() == over


def test_an_end_at_an_hour_that_comes_twice_is_after_the_moment_it_is_asked_for():
    quiet = Quiet("22:00", "02:30")
    moment = at("2027-10-31T02:10:00+02:00")
    assert quiet.holds(moment)
    assert quiet.over(moment) > moment
