"""The committed sample transport feed: whole, consistent, and what its generator makes."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from kit.text import fold
from tools.sample_city import gtfs
from tools.sample_city.gtfs_facts import FACTS_DIR, Day, FactsError, load
from tools.sample_city.gtfs_timetable import bands, distance_m

FEED = Path(__file__).parents[2] / "data" / "city" / "gtfs"
REQUIRED_COLUMNS = {
    "agency": {"agency_id", "agency_name", "agency_url", "agency_timezone"},
    "stops": {"stop_id", "stop_name", "stop_lat", "stop_lon", "location_type", "parent_station"},
    "routes": {"route_id", "agency_id", "route_short_name", "route_type", "route_color", "route_text_color"},
    "trips": {"route_id", "service_id", "trip_id", "trip_headsign", "direction_id"},
    "stop_times": {"trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"},
    "frequencies": {"trip_id", "start_time", "end_time", "headway_secs", "exact_times"},
    "calendar": {"service_id", "monday", "sunday", "start_date", "end_date"},
    "calendar_dates": {"service_id", "date", "exception_type"},
    "translations": {"table_name", "field_name", "language", "translation", "record_id", "field_value"},
    "feed_info": {"feed_publisher_name", "feed_publisher_url", "feed_lang", "feed_start_date", "feed_end_date"},
}
METRO = {"1", "2", "5", "6"}

Rows = list[dict[str, str]]


def table(name: str) -> Rows:
    with (FEED / f"{name}.txt").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seconds(clock: str) -> int:
    hours, minutes, secs = (int(part) for part in clock.split(":"))
    return hours * 3600 + minutes * 60 + secs


@pytest.fixture(scope="module")
def feed() -> dict[str, Rows]:
    return {name: table(name) for name in REQUIRED_COLUMNS}


@pytest.fixture(scope="module")
def calls(feed) -> dict[str, Rows]:
    by_trip: dict[str, Rows] = defaultdict(list)
    for row in feed["stop_times"]:
        by_trip[row["trip_id"]].append(row)
    return by_trip


@pytest.fixture(scope="module")
def dutch(feed) -> dict[tuple[str, str], str]:
    return {
        (row["table_name"], row["record_id"] or row["field_value"]): row["translation"] for row in feed["translations"]
    }


def services_on(feed: dict[str, Rows], day: date) -> set[str]:
    stamp = day.strftime("%Y%m%d")
    running = {
        row["service_id"]
        for row in feed["calendar"]
        if row["start_date"] <= stamp <= row["end_date"] and row[day.strftime("%A").lower()] == "1"
    }
    for row in feed["calendar_dates"]:
        if row["date"] == stamp:
            (running.add if row["exception_type"] == "1" else running.discard)(row["service_id"])
    return running


def test_committed_files_are_what_the_generator_makes():
    rendered = gtfs.render()
    assert {path.name for path in FEED.glob("*.txt")} == rendered.keys()
    for name, text in rendered.items():
        assert (FEED / name).read_text(encoding="utf-8") == text, f"{name}: run python -m tools.sample_city.gtfs"


def test_generator_writes_to_the_folder_it_is_given(tmp_path):
    gtfs.main(["--out", str(tmp_path / "feed")])
    assert (tmp_path / "feed" / "stops.txt").read_bytes() == (FEED / "stops.txt").read_bytes()


@pytest.mark.parametrize("name", REQUIRED_COLUMNS)
def test_file_has_rows_and_the_columns_gtfs_requires(feed, name):
    assert feed[name]
    assert feed[name][0].keys() >= REQUIRED_COLUMNS[name]


def test_feed_stays_small():
    assert sum(path.stat().st_size for path in FEED.iterdir()) < 1_000_000


def test_feed_says_that_it_is_sample_data(feed):
    assert "sample data" in feed["feed_info"][0]["feed_publisher_name"]


def test_feed_has_the_metro_and_at_least_sixteen_lines(feed):
    metro = {row["route_short_name"] for row in feed["routes"] if row["route_type"] == "1"}
    assert metro == METRO
    assert len(feed["routes"]) >= 16
    assert {row["route_type"] for row in feed["routes"]} == {"0", "1", "3"}


@pytest.mark.parametrize(
    ("table_name", "key"),
    [("stops", "stop_id"), ("routes", "route_id"), ("trips", "trip_id"), ("calendar", "service_id")],
)
def test_ids_are_unique(feed, table_name, key):
    ids = [row[key] for row in feed[table_name]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("table_name", "key", "target", "target_key"),
    [
        ("routes", "agency_id", "agency", "agency_id"),
        ("trips", "route_id", "routes", "route_id"),
        ("trips", "service_id", "calendar", "service_id"),
        ("stop_times", "trip_id", "trips", "trip_id"),
        ("stop_times", "stop_id", "stops", "stop_id"),
        ("frequencies", "trip_id", "trips", "trip_id"),
        ("calendar_dates", "service_id", "calendar", "service_id"),
        ("stops", "parent_station", "stops", "stop_id"),
    ],
)
def test_every_referenced_id_exists(feed, table_name, key, target, target_key):
    known = {row[target_key] for row in feed[target]}
    assert {row[key] for row in feed[table_name] if row[key]} <= known


def test_every_stop_and_service_is_used(feed):
    used = {row["stop_id"] for row in feed["stop_times"]}
    used |= {row["parent_station"] for row in feed["stops"] if row["parent_station"] and row["stop_id"] in used}
    assert {row["stop_id"] for row in feed["stops"]} == used
    assert {row["service_id"] for row in feed["trips"]} == {row["service_id"] for row in feed["calendar"]}


def test_every_stop_line_and_headsign_has_both_names(feed, dutch):
    for row in feed["stops"]:
        assert row["stop_name"].strip()
        assert dutch["stops", row["stop_id"]].strip()
    assert all(dutch["routes", row["route_id"]].strip() for row in feed["routes"])
    assert all(dutch["trips", row["trip_headsign"]].strip() for row in feed["trips"])


def test_translations_name_records_that_exist(feed):
    known = {
        "stops": {row["stop_id"] for row in feed["stops"]},
        "routes": {row["route_id"] for row in feed["routes"]},
        "trips": {row["trip_headsign"] for row in feed["trips"]},
    }
    for row in feed["translations"]:
        assert bool(row["record_id"]) != bool(row["field_value"])
        assert (row["record_id"] or row["field_value"]) in known[row["table_name"]]


@pytest.mark.parametrize(
    ("stop_id", "in_french", "in_dutch"),
    [
        ("gare-du-midi", "Gare du Midi", "Zuidstation"),
        ("arts-loi", "Arts-Loi", "Kunst-Wet"),
        ("porte-de-namur", "Porte de Namur", "Naamsepoort"),
        ("de-brouckere", "De Brouckère", "De Brouckère"),
    ],
)
def test_names_are_the_official_ones(feed, dutch, stop_id, in_french, in_dutch):
    assert next(row["stop_name"] for row in feed["stops"] if row["stop_id"] == stop_id) == in_french
    assert dutch["stops", stop_id] == in_dutch


def test_some_names_are_shared_in_part_by_distant_places():
    places = load().places
    for word, least in {"cimetiere": 4, "brugmann": 3, "forest": 4, "saint pierre": 2, "elisabeth": 2}.items():
        assert sum(word in fold(place.fr) for place in places.values()) >= least, word


def test_slugs_are_the_folded_french_names():
    assert {slug: fold(place.fr).replace(" ", "-") for slug, place in load().places.items()} == {
        slug: slug for slug in load().places
    }


def test_platforms_of_stations_have_a_letter_and_others_have_no_parent(feed):
    stations = {row["stop_id"] for row in feed["stops"] if row["location_type"] == "1"}
    assert {"gare-du-midi", "arts-loi", "montgomery"} <= stations
    for row in feed["stops"]:
        if row["location_type"] == "0":
            assert bool(row["parent_station"]) == bool(row["platform_code"])
            assert row["parent_station"] in stations | {""}
    # A stop_time must be at a platform, never at the station itself.
    assert not stations & {row["stop_id"] for row in feed["stop_times"]}


def test_stops_lie_in_the_brussels_region(feed):
    for row in feed["stops"]:
        assert 50.76 < float(row["stop_lat"]) < 50.92, row
        assert 4.24 < float(row["stop_lon"]) < 4.49, row


def test_every_line_runs_both_ways_with_at_least_five_stops(feed, calls):
    for route in feed["routes"]:
        trips = [row for row in feed["trips"] if row["route_id"] == route["route_id"]]
        assert {row["direction_id"] for row in trips} == {"0", "1"}
        assert all(len(calls[row["trip_id"]]) >= 5 for row in trips)


def test_stop_times_rise_along_every_trip(calls):
    for trip_id, rows in calls.items():
        assert [int(row["stop_sequence"]) for row in rows] == list(range(1, len(rows) + 1)), trip_id
        times = [seconds(row[column]) for row in rows for column in ("arrival_time", "departure_time")]
        assert times == sorted(times), trip_id
        departures = [seconds(row["departure_time"]) for row in rows]
        assert len(set(departures)) == len(departures), trip_id
        assert len({row["stop_id"] for row in rows}) == len(rows), trip_id


def test_vehicles_go_at_plausible_speeds_between_neighbouring_stops(feed, calls):
    at = {row["stop_id"]: (float(row["stop_lat"]), float(row["stop_lon"])) for row in feed["stops"]}
    for trip_id, rows in calls.items():
        metres = [distance_m(at[a["stop_id"]], at[b["stop_id"]]) for a, b in pairwise(rows)]
        assert max(metres) < 1500, trip_id
        hours = (seconds(rows[-1]["arrival_time"]) - seconds(rows[0]["departure_time"])) / 3600
        assert 8 < sum(metres) / 1000 / hours < 32, trip_id


@pytest.mark.parametrize("line", ["1", "7", "N04"])
def test_some_journeys_leave_after_midnight(feed, calls, line):
    trips = [row["trip_id"] for row in feed["trips"] if row["route_id"] == line]
    assert max(seconds(calls[trip][0]["departure_time"]) for trip in trips) > 24 * 3600


def test_headways_follow_on_each_other_without_overlap(feed):
    by_trip: dict[str, Rows] = defaultdict(list)
    for row in feed["frequencies"]:
        assert row["exact_times"] == "1"
        by_trip[row["trip_id"]].append(row)
    starts = {row["trip_id"]: row["departure_time"] for row in feed["stop_times"] if row["stop_sequence"] == "1"}
    for trip_id, rows in by_trip.items():
        assert rows[0]["start_time"] == starts[trip_id]
        assert all(seconds(row["start_time"]) < seconds(row["end_time"]) for row in rows), trip_id
        assert all(a["end_time"] == b["start_time"] for a, b in pairwise(rows)), trip_id
        assert seconds(rows[-1]["end_time"]) <= seconds(starts[f"{trip_id}-last"])


def test_every_day_through_2027_has_exactly_one_day_service(feed):
    assert feed["feed_info"][0]["feed_end_date"] == "20271231"
    day = date(2026, 1, 1)
    while day <= date(2027, 12, 31):
        assert len(services_on(feed, day) - {"night"}) == 1, day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "services"),
    [
        (date(2026, 9, 10), "weekday"),
        (date(2026, 9, 11), "weekday night"),
        (date(2026, 9, 12), "saturday night"),
        (date(2026, 9, 13), "sunday"),
        (date(2026, 7, 21), "sunday"),  # a Tuesday, the national holiday
        (date(2026, 5, 1), "sunday night"),  # a Friday, Labour Day
        (date(2026, 8, 15), "sunday night"),  # a Saturday, the Assumption
        (date(2027, 3, 29), "sunday"),  # Easter Monday
    ],
    ids=str,
)
def test_public_holidays_run_the_sunday_service(feed, day, services):
    assert services_on(feed, day) == set(services.split())


def test_headway_goes_on_until_the_next_one_begins():
    day = Day.model_validate({"headways": {"06:00": 10, "06:25": 5}, "last": "06:43"})
    found, last_s = bands(day, shift_min=1)
    departures = [at for band in found for at in range(band.start_s, band.end_s, band.headway_s)]
    clock = [f"{at // 3600}:{at // 60 % 60:02d}" for at in [*departures, last_s]]
    assert clock == ["6:01", "6:11", "6:21", "6:31", "6:36", "6:41", "6:44"]


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("metro.yml", "beekkant", "beekant", "unknown place beekant"),
        ("metro.yml", "timetable: metro", "timetable: subway", "unknown timetable subway"),
        ("places.yml", "alma:", "elsewhere: {fr: X, at: [50.8, 4.3]}\nalma:", "no line calls at elsewhere"),
        ("places.yml", "alma: {fr: Alma", "alma: {french: Alma", "places.yml"),
        ("timetables.yml", "  night: {", "  nightly: {", "unknown service nightly"),
        ("feed.yml", "holiday_service: sunday", "holiday_service: feast", "unknown service feast"),
    ],
)
def test_facts_that_contradict_each_other_are_refused(tmp_path, file, old, new, reason):
    folder = tmp_path / "lines"
    shutil.copytree(FACTS_DIR, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FactsError, match=reason):
        load(folder)
