"""Departures of any timetable are those that a plain reading of the GTFS reference gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.clock import BRUSSELS
from services.city.app import create_app
from services.city.core.settings import CitySettings
from services.importers.gtfs import GtfsImporter
from tests.integration.city import gtfs
from tests.integration.city.conftest import NOW, Client, SettableClock

#: Two weeks around the night in which the clock goes back.
FIRST, LAST = date(2026, 10, 12), date(2026, 11, 8)
STOPS = 4


@dataclass(frozen=True)
class Trip:
    """A trip: which stops, when (seconds of the service day), on which weekdays, how often (exactly)."""

    stops: tuple[int, ...]
    start_s: int
    hops_s: tuple[int, ...]
    weekdays: tuple[bool, ...]
    headway_s: int | None
    runs: int

    def departures_s(self, stop: int) -> Iterator[int]:
        """Yield when it leaves a stop."""
        for run in range(self.runs if self.headway_s else 1):
            at = self.start_s + run * (self.headway_s or 0)
            for place, hop in zip(self.stops[:-1], self.hops_s, strict=True):
                if place == stop:
                    yield at
                at += hop


@st.composite
def trips(draw: st.DrawFn) -> Trip:
    # Half of them call at the same stops, some slowly and some fast: such trips are stored together.
    any_stops = st.lists(st.integers(0, STOPS - 1), min_size=2, max_size=STOPS, unique=True)
    stops = draw(st.just([0, 1, 2, 3]) | any_stops)
    return Trip(
        stops=tuple(stops),
        start_s=draw(st.integers(0, 30 * 60)) * 60,
        hops_s=tuple(draw(st.lists(st.integers(0, 5_400), min_size=len(stops) - 1, max_size=len(stops) - 1))),
        weekdays=tuple(draw(st.lists(st.booleans(), min_size=7, max_size=7))),
        headway_s=draw(st.none() | st.integers(60, 7_200)),
        runs=draw(st.integers(1, 5)),
    )


def clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def write(path: Path, timetable: list[Trip]) -> Path:
    tables: dict[str, list[str]] = {
        "stops.txt": ["stop_id,stop_name,stop_lat,stop_lon"],
        "trips.txt": ["route_id,service_id,trip_id,trip_headsign"],
        "stop_times.txt": ["trip_id,arrival_time,departure_time,stop_id,stop_sequence"],
        "calendar.txt": [
            gtfs.FEED["calendar.txt"].split("\n")[0],
            f"always,1,1,1,1,1,1,1,{FIRST:%Y%m%d},{LAST:%Y%m%d}",
        ],
        "frequencies.txt": ["trip_id,start_time,end_time,headway_secs,exact_times"],
    }
    tables["stops.txt"] += [f"s{n},Halte {'ABCD'[n]},50.{80 + n},4.3" for n in range(STOPS)]
    for number, trip in enumerate(timetable):
        flags = ",".join(str(int(flag)) for flag in trip.weekdays)
        tables["calendar.txt"].append(f"c{number},{flags},{FIRST:%Y%m%d},{LAST:%Y%m%d}")
        tables["trips.txt"].append(f"r1,c{number},t{number},Ailleurs")
        at = trip.start_s
        for position, stop in enumerate(trip.stops):
            tables["stop_times.txt"].append(f"t{number},{clock(at)},{clock(at)},s{stop},{position}")
            at += trip.hops_s[position] if position < len(trip.hops_s) else 0
        if trip.headway_s:
            end_s = trip.start_s + trip.headway_s * (trip.runs - 1) + 1
            row = f"t{number},{clock(trip.start_s)},{clock(end_s)},{trip.headway_s},1"
            tables["frequencies.txt"].append(row)
    changes: dict[str, str | None] = {name: "\n".join(lines) + "\n" for name, lines in tables.items()}
    return gtfs.folder(path, {**changes, "calendar_dates.txt": None, "feed_info.txt": None, "translations.txt": None})


def expected(timetable: list[Trip], stop: int, at: datetime) -> list[tuple[datetime, str]]:
    """Return what leaves a stop within 24 hours, by the reference: seconds since noon minus 12 hours."""
    found = []
    for offset in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=offset)
        midnight_s = datetime(day.year, day.month, day.day, 12, tzinfo=BRUSSELS).timestamp() - 12 * 3600
        for number, trip in enumerate(timetable):
            if trip.weekdays[day.weekday()]:
                leaving = (midnight_s + seconds for seconds in trip.departures_s(stop))
                found += [(datetime.fromtimestamp(instant, UTC), f"t{number}") for instant in leaving]
    return sorted(each for each in found if at <= each[0] < at + timedelta(hours=24))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    folder = tmp_path_factory.mktemp("property")
    app = create_app(CitySettings(database_url=f"sqlite:///{folder / 'city.db'}"), SettableClock(NOW))
    yield app
    app.state.engine.dispose()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    timetable=st.lists(trips(), min_size=1, max_size=6).filter(lambda found: any(any(t.weekdays) for t in found)),
    stop=st.integers(0, STOPS - 1),
    minute=st.integers(24 * 60, 26 * 24 * 60),
    limit=st.integers(1, 100),
)
def test_departures_are_those_of_the_reference(
    empty: FastAPI, tmp_path: Path, *, timetable: list[Trip], stop: int, minute: int, limit: int
) -> None:
    GtfsImporter().run(empty.state.engine, write(tmp_path, timetable), SettableClock(NOW), force=True)
    at = datetime(2026, 10, 12, tzinfo=BRUSSELS).astimezone(UTC) + timedelta(minutes=minute)
    path = f"/v1/transport/stops/s{stop}/departures"
    body = Client(empty).get(path, params={"at": at.isoformat(), "limit": limit}).json()
    shown = [(datetime.fromisoformat(item["scheduled"]).astimezone(UTC), item["trip_id"]) for item in body["items"]]
    wanted = expected(timetable, stop, at)
    if wanted:
        assert [instant for instant, _ in shown] == [instant for instant, _ in wanted[:limit]]
        assert len(wanted) > limit or sorted(shown) == wanted
    else:
        # Only the next service day's departures may follow, never one that the day before should have shown.
        assert all(instant >= at + timedelta(hours=24) for instant, _ in shown)
