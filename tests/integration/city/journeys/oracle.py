"""A plain, slow, obviously right search, straight on the rows of GTFS files: what journeys are compared with.

For each number of rides, every run of every trip of every day is ridden from wherever one could be there in time. It
knows nothing of patterns, routes, rounds that end early or anything else that makes a search quick, and shares no code
with the façade.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

Row = dict[str, str]
Point = tuple[float, float]

MOST_RIDES = 6
CHANGE_S = 60
A_DAY_S = 86_400
BETWEEN_STOPS_M = 600


def walk_m(one: Point, other: Point) -> int:
    """A straight line on a globe, and three tenths on top."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(lat), math.radians(lon)) for lat, lon in (one, other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return math.ceil(1.3 * 2 * 6_371_008.8 * math.asin(math.sqrt(half)))


def walk_s(metres: int) -> int:
    """80 metres a minute."""
    return math.ceil(metres * 60 / 80)


@dataclass(frozen=True)
class Call:
    stop: str
    at: int  # seconds since 1970
    boards: bool
    alights: bool


@dataclass(frozen=True)
class Run:
    trip: str
    wheelchair: str
    calls: tuple[Call, ...]


@dataclass
class Feed:
    """One folder of GTFS; names of stops and trips are made different from those of other feeds by ``prefix``."""

    folder: Path
    prefix: str
    points: dict[str, Point] = field(default_factory=dict)
    wheelchair: dict[str, str] = field(default_factory=dict)
    place: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        stations = {row["stop_id"]: row for row in self.rows("stops.txt") if row.get("location_type") == "1"}
        for row in self.rows("stops.txt"):
            station = stations.get(row.get("parent_station") or "")
            own = row.get("wheelchair_boarding") or "0"
            stop = self.prefix + row["stop_id"]
            self.points[stop] = float(row["stop_lat"]), float(row["stop_lon"])
            inherited = (station or {}).get("wheelchair_boarding") or "0"
            self.wheelchair[stop] = inherited if own == "0" else own
            self.place[stop] = row["stop_name"]

    def rows(self, name: str) -> list[Row]:
        path = self.folder / name
        if not path.is_file():
            return []
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def runs(self, days: Iterable[date]) -> Iterator[Run]:
        """Yield every run of every trip on these service days."""
        zone = ZoneInfo(self.rows("agency.txt")[0]["agency_timezone"])
        calls: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("stop_times.txt"):
            calls[row["trip_id"]].append(row)
        frequencies: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("frequencies.txt"):
            frequencies[row["trip_id"]].append(row)
        calendar, exceptions = self.rows("calendar.txt"), self.rows("calendar_dates.txt")
        for day in days:
            # Noon minus twelve hours: midnight on all days but two a year.
            zero = int((datetime(day.year, day.month, day.day, 12, tzinfo=zone).astimezone(UTC)).timestamp()) - 43_200
            running = self._running(day, calendar, exceptions) if self._holds(day) else set()
            for trip in self.rows("trips.txt"):
                if trip["service_id"] not in running:
                    continue
                rows = sorted(calls[trip["trip_id"]], key=lambda row: int(row["stop_sequence"]))
                first = seconds(rows[0]["departure_time"])
                starts = [
                    start
                    for row in frequencies[trip["trip_id"]]
                    for start in range(seconds(row["start_time"]), seconds(row["end_time"]), int(row["headway_secs"]))
                ]
                for start in starts if frequencies[trip["trip_id"]] else [first]:
                    yield self._run(trip, rows, zero + start - first)

    def _run(self, trip: Row, rows: list[Row], zero: int) -> Run:
        places = [self.place[self.prefix + row["stop_id"]] for row in rows]
        sets_down = [number > 0 and row.get("drop_off_type") != "1" for number, row in enumerate(rows)]
        calls = []
        for number, row in enumerate(rows):
            # To get on where one can only get off at the same place again is no ride.
            leads_on = any(
                sets_down[later] and places[later] != places[number] for later in range(number + 1, len(rows))
            )
            boards = row.get("pickup_type") != "1" and leads_on
            at = zero + seconds(row["departure_time"])
            calls.append(Call(self.prefix + row["stop_id"], at, boards, sets_down[number]))
        return Run(self.prefix + trip["trip_id"], trip.get("wheelchair_accessible") or "0", tuple(calls))

    def _holds(self, day: date) -> bool:
        info = self.rows("feed_info.txt")
        return not info or info[0]["feed_start_date"] <= f"{day:%Y%m%d}" <= info[0]["feed_end_date"]

    @staticmethod
    def _running(day: date, calendar: list[Row], exceptions: list[Row]) -> set[str]:
        weekday = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")[day.weekday()]
        written = f"{day:%Y%m%d}"
        found = {
            row["service_id"]
            for row in calendar
            if row[weekday] == "1" and row["start_date"] <= written <= row["end_date"]
        }
        for row in exceptions:
            if row["date"] == written:
                (found.add if row["exception_type"] == "1" else found.discard)(row["service_id"])
        return found


def seconds(written: str) -> int:
    hours, minutes, rest = written.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(rest)


@dataclass(frozen=True)
class Query:
    """Between two points; which wheelchair values of stops and trips will do."""

    origin: Point
    target: Point
    most_m: int
    allowed: frozenset[str] = frozenset("012")


class Oracle:
    """All feeds on some days."""

    def __init__(self, feeds: Iterable[Feed], first: date, days: int) -> None:
        self.points: dict[str, Point] = {}
        self.wheelchair: dict[str, str] = {}
        self.runs: list[Run] = []
        for feed in feeds:
            self.points |= feed.points
            self.wheelchair |= feed.wheelchair
            self.runs += feed.runs(first + timedelta(days=number) for number in range(days))
        called_at = sorted({call.stop for run in self.runs for call in run.calls})
        self.walks = {
            stop: [
                (other, metres)
                for other in called_at
                if (metres := walk_m(self.points[stop], self.points[other])) <= BETWEEN_STOPS_M or other == stop
            ]
            for stop in called_at
        }

    def arrivals(self, query: Query, leave: int, most_rides: int = MOST_RIDES) -> list[tuple[int, int]]:
        """Return (rides, arrival) within a day of setting out: each more rides and earlier than the one before."""
        until = leave + A_DAY_S
        runs = [run for run in self.runs if run.calls[-1].at >= leave and run.calls[0].at <= until]
        ready = self._near(query.origin, query.most_m)
        ready = {stop: leave + walk_s(metres) for stop, metres in ready.items()}
        last_walk = self._near(query.target, query.most_m)
        found: list[tuple[int, int]] = []
        for rides in range(1, most_rides + 1):
            arrived: dict[str, int] = {}
            for run in runs:
                self._ride(run, query, ready, arrived)
            arrivals = [at + walk_s(last_walk[stop]) for stop, at in arrived.items() if stop in last_walk]
            if arrivals and min(arrivals) < min((at for _, at in found), default=until + 1):
                found.append((rides, min(arrivals)))
            ready = {}
            for stop, at in arrived.items():
                for other, metres in self.walks[stop]:
                    if metres <= query.most_m or other == stop:
                        then = at + CHANGE_S + walk_s(metres if other != stop else 0)
                        ready[other] = min(then, ready.get(other, then))
        return found

    def latest_departure(self, query: Query, arrive: int, since: int, most_rides: int = MOST_RIDES) -> int | None:
        """Return when to set out at the latest, from ``since`` on, to be there in time: later is never earlier."""

        def in_time(leave: int) -> bool:
            return any(at <= arrive for _, at in self.arrivals(query, leave, most_rides))

        near = self._near(query.origin, query.most_m)
        moments = sorted(
            {
                call.at - walk_s(near[call.stop])
                for run in self.runs
                for call in run.calls
                if call.stop in near and since <= call.at - walk_s(near[call.stop]) <= arrive
            }
        )
        low, high = 0, len(moments)
        while low < high:
            middle = (low + high) // 2
            if in_time(moments[middle]):
                low = middle + 1
            else:
                high = middle
        return moments[low - 1] if low else None

    def _ride(self, run: Run, query: Query, ready: dict[str, int], arrived: dict[str, int]) -> None:
        if run.wheelchair not in query.allowed:
            return
        aboard = False
        for call in run.calls:
            if self.wheelchair[call.stop] not in query.allowed:
                continue
            if aboard and call.alights:
                arrived[call.stop] = min(call.at, arrived.get(call.stop, call.at))
            if call.boards and ready.get(call.stop, math.inf) <= call.at:
                aboard = True

    def _near(self, point: Point, most_m: int) -> dict[str, int]:
        return {stop: metres for stop in self.walks if (metres := walk_m(point, self.points[stop])) <= most_m}
