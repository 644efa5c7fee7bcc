from datetime import UTC, datetime

import pytest

from kit.clock import FixedClock, SystemClock, clock_from_environment, today


def test_the_environment_stops_the_clock_in_brussels(monkeypatch):
    monkeypatch.setenv("BXL_NOW", "2026-07-01T22:30:00Z")
    clock = clock_from_environment()
    assert clock.now().isoformat() == "2026-07-02T00:30:00+02:00"
    assert today(clock).isoformat() == "2026-07-02"


def test_without_a_setting_the_clock_runs(monkeypatch):
    monkeypatch.delenv("BXL_NOW", raising=False)
    clock = clock_from_environment()
    assert isinstance(clock, SystemClock)
    assert abs((clock.now() - datetime.now(UTC)).total_seconds()) < 60


@pytest.mark.parametrize("text", ["tomorrow", "2026-11-23T08:15:00", "2026-13-01T00:00:00Z"])
def test_a_broken_setting_is_named(monkeypatch, text):
    monkeypatch.setenv("BXL_NOW", text)
    with pytest.raises(ValueError, match="BXL_NOW"):
        clock_from_environment()


def test_a_fixed_clock_needs_a_zone():
    with pytest.raises(ValueError, match="time zone"):
        FixedClock(datetime(2026, 1, 1))  # noqa: DTZ001
