"""The made-up feed that benchmarks and tests of size use."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tools.synthetic_city.gtfs import render, write_feed
from tools.synthetic_city.network import build

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def feed() -> dict[str, Rows]:
    files = render(0.1)
    return {name: list(csv.DictReader(io.StringIO(text))) for name, text in files.items()}


def test_a_tenth_has_a_tenth_of_stops_routes_and_trips(feed: dict[str, Rows]) -> None:
    assert len(feed["routes.txt"]) == 9
    assert len(feed["trips.txt"]) == 7_570
    assert len(feed["stops.txt"]) == pytest.approx(278, rel=0.25)
    assert len(feed["stop_times.txt"]) == pytest.approx(180_000, rel=0.15)


def test_the_whole_has_the_size_of_stib_mivb() -> None:
    network = build()
    assert len(network.lines) == 89
    assert len(network.platforms.all) + len(network.platforms.stations()) == 2_784


def test_the_same_seed_gives_the_same_file_to_the_byte(tmp_path: Path) -> None:
    one, other = (write_feed(tmp_path / f"{n}.zip", 0.05).read_bytes() for n in (1, 2))
    assert one == other


def test_whatever_is_referred_to_is_there(feed: dict[str, Rows]) -> None:
    ids = {
        "stop_id": {row["stop_id"] for row in feed["stops.txt"]},
        "trip_id": {row["trip_id"] for row in feed["trips.txt"]},
        "route_id": {row["route_id"] for row in feed["routes.txt"]},
        "service_id": {row["service_id"] for row in feed["calendar.txt"]},
        "shape_id": {row["shape_id"] for row in feed["shapes.txt"]},
    }
    for name in ("trips.txt", "stop_times.txt"):
        for key in ids.keys() & feed[name][0].keys():
            assert {row[key] for row in feed[name]} <= ids[key]
    assert len(ids["trip_id"]) == len(feed["trips.txt"])


def test_no_trip_goes_back_in_time_or_calls_twice_at_a_stop(feed: dict[str, Rows]) -> None:
    calls: dict[str, Rows] = defaultdict(list)
    for row in feed["stop_times.txt"]:
        calls[row["trip_id"]].append(row)
    for rows in calls.values():
        times = [row[field] for row in rows for field in ("arrival_time", "departure_time")]
        assert times == sorted(times)
        assert len({row["stop_id"] for row in rows}) == len(rows) >= 4


def test_it_runs_past_midnight_and_more_often_when_people_go_to_work(feed: dict[str, Rows]) -> None:
    school = {row["trip_id"] for row in feed["trips.txt"] if row["service_id"] == "SCHOOL"}
    starts = Counter(
        int(row["departure_time"][:2])
        for row in feed["stop_times.txt"]
        if row["stop_sequence"] == "1" and row["trip_id"] in school
    )
    assert starts[24] > 0
    assert starts[8] > 1.3 * starts[12] > 2 * starts[23]


def test_stops_lie_in_the_region_and_lines_meet(feed: dict[str, Rows]) -> None:
    network = build(0.1)
    lines_at: dict[int, set[str]] = defaultdict(set)
    for line in network.lines:
        for place in line.places:
            lines_at[place.number].add(line.number)
    assert sum(len(lines) > 1 for lines in lines_at.values()) > len(lines_at) / 3
    for row in feed["stops.txt"]:
        assert 50.76 < float(row["stop_lat"]) < 50.92
        assert 4.24 < float(row["stop_lon"]) < 4.49


def test_a_folder_holds_the_same_files_as_the_zip(tmp_path: Path) -> None:
    folder = write_feed(tmp_path / "feed", 0.05)
    with zipfile.ZipFile(write_feed(tmp_path / "feed.zip", 0.05)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            file.name: file.read_bytes() for file in folder.iterdir()
        }
