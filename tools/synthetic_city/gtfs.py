"""Writes the made-up feed: a network of STIB-MIVB's real size, with its timetable for four weeks, in GTFS."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

from tools.synthetic_city.gtfs_patterns import Pattern
from tools.synthetic_city.gtfs_tables import short_files
from tools.synthetic_city.gtfs_trips import Trip, trips
from tools.synthetic_city.network import SEED, build

#: A Monday: the four weeks hold 11 November 2026 and the 23rd, on which the tests live.
START: Final = date(2026, 11, 9)
_LAST_S: Final = 30 * 3600
_ZIP_TIME: Final = (2026, 11, 9, 0, 0, 0)


def write_feed(
    path: Path, scale: float = 1.0, *, start: date = START, seed: int = SEED, without: Collection[str] = ()
) -> Path:
    """Write the feed as a zip, or as a folder where the path does not end in ``.zip``; always the same for a seed.

    ``scale`` 1 is STIB-MIVB's size: 89 routes, 2,784 stops, 75,696 trips, about 1.8 million stop times. Files named in
    ``without`` are left out.
    """
    files = {name: text for name, text in render(scale, start=start, seed=seed).items() if name not in without}
    if path.suffix != ".zip":
        path.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (path / name).write_text(text, encoding="utf-8", newline="")
        return path
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text, compresslevel=3)
    return path


def render(scale: float = 1.0, *, start: date = START, seed: int = SEED) -> dict[str, str]:
    """Return every file of the feed with its text."""
    network = build(scale, seed)
    found = list(trips(network, scale, random.Random(seed)))  # noqa: S311 - nothing secret
    patterns = {trip.pattern.number: trip.pattern for trip in found}
    files = short_files(network, patterns.values(), start)
    routes = {line.number: str(order) for order, line in enumerate(network.lines, start=1)}
    files["trips.txt"] = "".join(_trip_lines(found, routes))
    files["stop_times.txt"] = "".join(_stop_time_lines(found))
    return files


def _trip_lines(found: Iterable[Trip], routes: dict[str, str]) -> Iterator[str]:
    yield "route_id,service_id,trip_id,trip_headsign,direction_id,block_id,shape_id,wheelchair_accessible\n"
    for number, trip in enumerate(found):
        pattern = trip.pattern
        route = routes[pattern.line.number]
        yield (
            f"{route},{trip.service},{trip.id},{pattern.headsign},{pattern.direction},{900_000 + number // 9},"
            f"shape-{pattern.number},{number % 3}\n"
        )


def _stop_time_lines(found: Iterable[Trip]) -> Iterator[str]:
    clock = [f"{s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}" for s in range(_LAST_S)]
    halts: dict[tuple[int, float], list[tuple[int, int, str]]] = {}
    yield "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type\n"
    for trip in found:
        key = (trip.pattern.number, trip.pace)
        calls = halts.get(key)
        if calls is None:
            calls = halts[key] = _calls(trip.pattern, trip.pace)
        start, name = trip.start_s, trip.id
        yield "".join([f"{name},{clock[start + a]},{clock[start + d]},{rest}" for a, d, rest in calls])


def _calls(pattern: Pattern, pace: float) -> list[tuple[int, int, str]]:
    arrivals, departures = pattern.offsets(pace)
    ends = [f"{platform.stop_id},{n},0,0\n" for n, platform in enumerate(pattern.platforms, start=1)]
    return list(zip(arrivals, departures, ends, strict=True))
