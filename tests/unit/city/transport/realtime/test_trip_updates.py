"""A trip update tells each stop what the reference of GTFS Realtime says."""

from __future__ import annotations

from datetime import date

import orjson
import pytest

from services.city.transport.realtime.forms import StopUpdate, TripUpdate
from services.city.transport.realtime.trip_updates import AtStop, at_stop, of_run

STOPS = ("a", "b", "c", "d", "a")
CANCELLED, UNKNOWN = AtStop("cancelled"), AtStop("unknown")


def scheduled_s(position: int) -> int:
    return 1_000 + 100 * position


def update(*stops: StopUpdate, state: str = "running", delay_s: int | None = None, **run: str) -> TripUpdate:
    written = orjson.dumps([tuple(stop) for stop in stops]).decode()
    return TripUpdate("t", None, run.get("day"), run.get("starts"), state, delay_s, written)


def stop(
    stop_id: str | None,
    *,
    delay: int | None = None,
    at: int | None = None,
    state: str = "known",
    number: int | None = None,
) -> StopUpdate:
    return StopUpdate(stop_id, number, state, delay, at)


def expected(at: int) -> AtStop:
    return AtStop("expected", at)


@pytest.mark.parametrize(
    ("told", "position", "at"),
    [
        pytest.param([stop("b", delay=60)], 0, UNKNOWN, id="before the first that is known"),
        pytest.param([stop("b", delay=60)], 1, expected(1_160), id="at the stop itself"),
        pytest.param([stop("b", delay=60)], 3, expected(1_360), id="a delay goes on"),
        pytest.param([stop("b", delay=60), stop("c", delay=0)], 3, expected(1_300), id="until another says more"),
        pytest.param([stop("b", at=1_190)], 1, expected(1_190), id="a time is the time"),
        pytest.param([stop("b", at=1_190)], 3, expected(1_390), id="a time makes a delay"),
        pytest.param([stop("b", delay=-30)], 1, expected(1_070), id="early"),
        pytest.param([stop("b", state="skipped")], 1, CANCELLED, id="skipped here"),
        pytest.param([stop("b", state="skipped")], 2, UNKNOWN, id="skipped elsewhere"),
        pytest.param(
            [stop("a", delay=60), stop("b", state="skipped")], 2, expected(1_260), id="delay past a skipped one"
        ),
        pytest.param([stop("a", delay=60), stop("c", state="no_data")], 3, UNKNOWN, id="no data from there on"),
        pytest.param([stop("a", delay=60), stop("c", state="no_data")], 1, expected(1_160), id="data until there"),
        pytest.param([stop(None, number=2, delay=60)], 1, expected(1_160), id="by number"),
        pytest.param([stop(None, number=9, delay=60)], 4, UNKNOWN, id="a number that there is not"),
        pytest.param([stop("z", delay=60)], 4, UNKNOWN, id="a stop that the trip does not have"),
        pytest.param([stop("d", delay=60), stop("a", delay=90)], 4, expected(1_490), id="a loop's second call"),
    ],
)
def test_a_stop_is_told(told: list[StopUpdate], position: int, at: AtStop) -> None:
    assert at_stop(update(*told), position, STOPS, scheduled_s) == at


def test_a_cancelled_trip_is_cancelled_everywhere() -> None:
    assert at_stop(update(state="cancelled"), 2, STOPS, scheduled_s) == CANCELLED


def test_a_delay_of_the_whole_trip_holds_without_stops() -> None:
    assert at_stop(update(delay_s=120), 2, STOPS, scheduled_s) == expected(1_320)


DAY = date(2026, 11, 23)


def test_a_run_is_told_by_its_day_and_start() -> None:
    other_day, mine, late = update(day="20261122"), update(day="20261123"), update(starts="9:00:00")
    assert of_run([other_day], DAY, "08:00:00") is None
    assert of_run([other_day, mine], DAY, "08:00:00") is mine
    assert of_run([late], DAY, "08:00:00") is None
    assert of_run([late], DAY, "09:00:00") is late
    assert of_run([update(), mine], DAY, "08:00:00") is mine
