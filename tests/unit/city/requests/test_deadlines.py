"""Working days skip weekends and Belgian holidays."""

from __future__ import annotations

from datetime import datetime

import pytest

from services.city.requests.deadlines import after_working_days


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        pytest.param("2026-11-23T08:15:00+01:00", 1, "2026-11-24T17:00:00+01:00", id="the next day"),
        pytest.param("2026-11-27T23:59:00+01:00", 1, "2026-11-30T17:00:00+01:00", id="over a weekend"),
        pytest.param("2026-12-24T09:00:00+01:00", 1, "2026-12-28T17:00:00+01:00", id="over Christmas"),
        pytest.param("2026-07-20T09:00:00+02:00", 1, "2026-07-22T17:00:00+02:00", id="over the national day"),
        pytest.param("2026-11-23T23:30:00+00:00", 1, "2026-11-25T17:00:00+01:00", id="Brussels is a day further"),
        pytest.param("2026-10-23T09:00:00+02:00", 1, "2026-10-26T17:00:00+01:00", id="over the change of the clock"),
    ],
)
def test_the_end_of_the_nth_working_day(start: str, days: int, expected: str) -> None:
    found = after_working_days(datetime.fromisoformat(start), days)
    assert found == datetime.fromisoformat(expected)
    assert found.isoformat() == expected
