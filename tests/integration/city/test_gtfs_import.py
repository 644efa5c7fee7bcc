"""Timetables, from the feed to the tables."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from services.city.models.base import Base
from services.city.models.datasets import Dataset
from services.city.models.places import PlaceName
from services.city.models.transport import StopPlace, Trip
from services.feeds.gtfs.archive import Limits
from services.importers.base import ImportRefusedError
from services.importers.best import BestImporter
from services.importers.communes import CommunesImporter
from services.importers.gtfs import GtfsImporter
from tests.integration.city import best, gtfs
from tests.integration.city.conftest import SAMPLE, Client

EIGHT = "/v1/transport/stops/stop:flagey/departures?at=2026-11-24T07:00&limit=1"


@pytest.fixture
def imported(app: FastAPI, tmp_path: Path) -> FastAPI:
    GtfsImporter().run(app.state.engine, gtfs.folder(tmp_path / "feed"), app.state.clock)
    return app


def counts(app: FastAPI) -> dict[str, int]:
    with app.state.sessions() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
            if table.name.startswith("transport_") or table.name in {"places", "place_names", "datasets"}
        }


def first(client: Client) -> tuple[str, str]:
    item = client.get(EIGHT).json()["items"][0]
    return item["trip_id"], item["scheduled"]


def test_the_report_counts_what_was_taken(app: FastAPI, tmp_path: Path) -> None:
    report = GtfsImporter().run(app.state.engine, gtfs.folder(tmp_path / "feed"), app.state.clock)
    # 8 trips, 6 runs about every 10 minutes, 4 runs every 15.
    assert report.counts == {"stops": 5, "platforms": 8, "lines": 3, "trips": 18, "calls": 25}
    assert report.problems == []


def test_the_dataset_states_publisher_and_validity(imported: FastAPI) -> None:
    with imported.state.sessions() as session:
        dataset = session.scalars(select(Dataset)).one()
    assert (dataset.feed, dataset.topic, dataset.source_name) == ("gtfs", "transport", "Test transport")
    assert (str(dataset.valid_from), str(dataset.valid_until)) == ("2026-03-01", "2027-06-30")
    assert dataset.sample is False


def test_the_calendar_tells_the_validity_where_no_feed_info_does(app: FastAPI, tmp_path: Path) -> None:
    calendar = gtfs.FEED["calendar.txt"].replace("20260301", "20260601")
    feed = gtfs.folder(tmp_path / "feed", {"feed_info.txt": None, "calendar.txt": calendar})
    GtfsImporter().run(app.state.engine, feed, app.state.clock)
    with app.state.sessions() as session:
        dataset = session.scalars(select(Dataset)).one()
    assert (str(dataset.valid_from), str(dataset.valid_until)) == ("2026-06-01", "2027-06-30")
    assert dataset.source_name == "Transports, tests"


def test_platforms_of_a_station_or_of_one_name_nearby_are_one_place(imported: FastAPI) -> None:
    with imported.state.sessions() as session:
        places = {place.slug: place for place in session.scalars(select(StopPlace))}
    assert set(places) == {"flagey", "gare-du-midi", "gare-du-midi-2", "forest", "gare-du-nord"}
    assert places["flagey"].wheelchair == 1
    assert places["gare-du-midi"].name_nl == "Zuidstation"
    assert places["gare-du-midi"].weight == 15  # five of the six trips of the 81, ten runs of the metro
    assert places["gare-du-midi-2"].weight == 0


def test_stops_can_be_found_by_name_in_both_languages(imported: FastAPI) -> None:
    with imported.state.sessions() as session:
        names = set(session.execute(select(PlaceName.place_id, PlaceName.folded, PlaceName.language, PlaceName.alias)))
    assert {
        ("stop:gare-du-midi", "gare du midi", "fr", False),
        ("stop:gare-du-midi", "zuidstation", "nl", False),
        ("stop:flagey", "flagey quai b", "fr", True),
    } <= names


def test_a_stop_lies_in_the_commune_of_the_nearest_address(app: FastAPI, client: Client, tmp_path: Path) -> None:
    CommunesImporter().run(app.state.engine, SAMPLE / "communes", app.state.clock)
    doors = [
        best.line(1, "Place Flagey", "Flageyplein", "1050", "1", lat=50.8279, lon=4.3724),
        best.line(2, "Place Bara", "Baraplein", "1060", "1", lat=50.8362, lon=4.3366),
    ]
    BestImporter().run(app.state.engine, best.write(tmp_path / "a.csv", doors), app.state.clock)
    GtfsImporter().run(app.state.engine, gtfs.folder(tmp_path / "feed"), app.state.clock)

    def commune(stop: str) -> Any:
        return client.get(f"/v1/transport/stops/stop:{stop}").json()["commune"]

    assert commune("flagey") == {"id": "ixelles", "name": {"fr": "Ixelles", "nl": "Elsene"}}
    assert commune("gare-du-midi")["id"] == "saint-gilles"
    assert commune("gare-du-nord") is None


def test_a_zip_with_the_feed_in_a_folder_and_strays_beside_it_is_read(
    app: FastAPI, client: Client, tmp_path: Path
) -> None:
    path = gtfs.zipped(tmp_path / "feed.zip", inside="export/gtfs/")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/export/gtfs/._stops.txt", b"\x00\x05")
        archive.writestr("export/readme.txt", "hello")
    GtfsImporter().run(app.state.engine, path, app.state.clock)
    assert first(client) == ("81-early", "2026-11-24T08:00:00+01:00")


def test_byte_order_marks_blank_lines_and_windows_line_ends_do_not_matter(
    app: FastAPI, client: Client, tmp_path: Path
) -> None:
    feed = gtfs.folder(tmp_path / "feed")
    for name, text in gtfs.FEED.items():
        (feed / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n\r\n").encode())
    report = GtfsImporter().run(app.state.engine, feed, app.state.clock)
    assert report.problems == []
    assert first(client) == ("81-early", "2026-11-24T08:00:00+01:00")


def test_optional_files_may_be_missing(app: FastAPI, client: Client, tmp_path: Path) -> None:
    optional = dict.fromkeys(("feed_info.txt", "calendar_dates.txt", "frequencies.txt", "translations.txt"))
    GtfsImporter().run(app.state.engine, gtfs.folder(tmp_path / "feed", optional), app.state.clock)
    assert first(client) == ("81-early", "2026-11-24T08:00:00+01:00")


def test_a_feed_of_single_days_needs_no_calendar(app: FastAPI, client: Client, tmp_path: Path) -> None:
    days = "service_id,date,exception_type\n" + "".join(
        f"{service},20261124,1\n" for service in ("weekday", "sunday", "night", "daily")
    )
    feed = gtfs.folder(tmp_path / "feed", {"calendar.txt": None, "calendar_dates.txt": days})
    GtfsImporter().run(app.state.engine, feed, app.state.clock)
    assert first(client) == ("81-early", "2026-11-24T08:00:00+01:00")
    assert client.get(EIGHT.replace("11-24", "11-26")).json()["items"] == []


def test_the_older_form_of_translations_is_read(app: FastAPI, client: Client, tmp_path: Path) -> None:
    old = "trans_id,translation,lang\nFlagey,Flagey-NL,nl\nForest,Vorst,nl\nForest,Forest,fr\n"
    GtfsImporter().run(app.state.engine, gtfs.folder(tmp_path / "f", {"translations.txt": old}), app.state.clock)
    board = client.get(EIGHT).json()
    assert board["stop"]["name"] == {"fr": "Flagey", "nl": "Flagey-NL"}
    assert board["items"][0]["headsign"] == {"fr": "Forest", "nl": "Vorst"}


def test_a_destination_without_translation_is_called_as_the_stop_is(
    app: FastAPI, client: Client, tmp_path: Path
) -> None:
    only_stops = "\n".join(line for line in gtfs.FEED["translations.txt"].splitlines() if not line.startswith("trips"))
    feed = gtfs.folder(tmp_path / "f", {"translations.txt": only_stops})
    GtfsImporter().run(app.state.engine, feed, app.state.clock)
    assert client.get(EIGHT).json()["items"][0]["headsign"] == {"fr": "Forest", "nl": "Vorst"}


def test_a_second_import_replaces_the_first_and_leaves_no_row_behind(imported: FastAPI, tmp_path: Path) -> None:
    before = counts(imported)
    GtfsImporter().run(imported.state.engine, gtfs.zipped(tmp_path / "again.zip"), imported.state.clock)
    assert counts(imported) == before
    assert before["datasets"] == 1


def test_feeds_of_two_names_stand_side_by_side_and_share_a_stop(
    imported: FastAPI, client: Client, tmp_path: Path
) -> None:
    rename = {name: gtfs.FEED[name].replace("r81", "x81") for name in ("routes.txt", "trips.txt")}
    rename["routes.txt"] = rename["routes.txt"].replace(",81,", ",L20,")
    rename["agency.txt"] = gtfs.FEED["agency.txt"].replace('"Transports, tests"', "Autre")
    # Forest lies elsewhere in the second feed: another place of the same name.
    rename["stops.txt"] = gtfs.FEED["stops.txt"].replace("50.8100,4.3200", "50.6100,4.3200")
    other = gtfs.folder(tmp_path / "other", dict(rename))
    GtfsImporter().run(imported.state.engine, other, imported.state.clock, feed="gtfs:other")
    board = client.get(EIGHT.replace("limit=1", "limit=2")).json()
    assert [item["line"]["short_name"] for item in board["items"]] == ["81", "L20"]
    assert {line["short_name"] for line in board["lines"]} == {"81", "L20", "N04"}
    slugs = {item["id"] for item in client.get("/v1/transport/stops", params={"q": "forest"}).json()["items"]}
    assert slugs == {"stop:forest", "stop:forest-2"}
    GtfsImporter().run(imported.state.engine, tmp_path / "feed", imported.state.clock)
    assert len(client.get(EIGHT.replace("limit=1", "limit=2")).json()["items"]) == 2


BROKEN = [
    ("stop_times.txt", "81-early,8h30,8:30:00,forest,4,,,", "arrival_time: '8h30' is not a time"),
    ("stop_times.txt", "81-early,8:30:00,8:75:00,forest,4,,,", "departure_time: '8:75:00' is not a time"),
    ("stop_times.txt", "81-early,8:30:00,8:30:00,forest,four,,,", "stop_sequence: 'four' is not a whole number"),
    ("stop_times.txt", "81-early,8:30:00,8:30:00,forest,4,9,,", "pickup_type"),
    ("stop_times.txt", "ghost,8:30:00,8:30:00,forest,4,,,", "trip_id is not in trips.txt: ghost"),
    ("stop_times.txt", "81-early,8:30:00,8:30:00,ghost,4,,,", "stop_id is not a stop or station of stops.txt: ghost"),
    ("stop_times.txt", "81-early,8:30:00,8:30:00,forest,3,,,", "stop_sequence is there twice"),
    ("stop_times.txt", "81-early,8:05:00,8:05:00,forest,4,,,", "arrival_time is before the departure"),
    ("stop_times.txt", "81-early,8:30:00,8:30:00,forest,4,,,,surplus", "more fields than the header has"),
    ("trips.txt", "ghost,weekday,81-x,Forest,0,", "route_id is not in routes.txt: ghost"),
    ("trips.txt", "r81,ghost,81-x,Forest,0,", "service_id is in no calendar: ghost"),
    ("trips.txt", "r81,weekday,81-early,Forest,0,", "trip_id is there twice: 81-early"),
    ("routes.txt", "rX,ghost,7,,0,,,", "agency_id is not in agency.txt: ghost"),
    ("routes.txt", "rX,tec,7,,tram,,,", "route_type or route_sort_order: 'tram' is not a whole number"),
    ("stops.txt", "x,Nulle part,95.0,4.0,0,,,,", "stop_lat, stop_lon: 95.0, 4.0 is not on Earth"),
    ("calendar.txt", "x,1,1,1,1,1,0,0,20261301,20271231", "start_date or end_date"),
    ("calendar.txt", "x,1,1,1,1,1,0,0,20271231,20260101", "end_date is before start_date"),
    ("calendar_dates.txt", "weekday,20261112,3", "exception_type"),
    ("frequencies.txt", "1-about,9:00:00,8:00:00,600,0", "a frequency needs a start before its end"),
]


@pytest.mark.parametrize("broken", BROKEN, ids=[reason for _, _, reason in BROKEN])
def test_a_broken_line_is_named_and_the_old_version_stays(
    imported: FastAPI, client: Client, tmp_path: Path, broken: tuple[str, str, str]
) -> None:
    name, line, reason = broken
    before = counts(imported)
    feed = gtfs.folder(tmp_path / "broken", gtfs.with_line(name, line))
    with pytest.raises(ImportRefusedError) as refused:
        GtfsImporter().run(imported.state.engine, feed, imported.state.clock)
    assert f"{name}:{gtfs.last_line(name)}: " in str(refused.value)
    assert reason in str(refused.value)
    assert counts(imported) == before
    assert first(client) == ("81-early", "2026-11-24T08:00:00+01:00")


def test_a_broken_line_is_left_out_where_the_import_is_forced(app: FastAPI, client: Client, tmp_path: Path) -> None:
    feed = gtfs.folder(tmp_path / "f", gtfs.with_line("stop_times.txt", "81-early,8h30,8h30,forest,4,,,"))
    report = GtfsImporter().run(app.state.engine, feed, app.state.clock, force=True)
    assert report.counts["calls"] == 26
    assert report.problems == [
        {
            "file": "stop_times.txt",
            "line": gtfs.last_line("stop_times.txt"),
            "reason": "arrival_time: '8h30' is not a time",
        }
    ]
    assert first(client)[0] == "81-early"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        pytest.param("stops.txt", "nowhere,Nulle part,,,0,,,,", id="a stop without coordinates"),
        pytest.param("stops.txt", "door,Entrée,50.8,4.3,2,flagey,,,", id="an entrance"),
        pytest.param("stops.txt", "lost,Perdu,50.8,4.3,0,ghost,,,", id="a station that is not there"),
        pytest.param("stop_times.txt", "81-early,8:30:00,8:30:00,,4,,,", id="a flexible stop"),
        pytest.param("trips.txt", "r81,weekday,81-empty,Forest,0,", id="a trip without calls"),
        pytest.param("translations.txt", "stops,stop_name,,,forest,,", id="an empty translation"),
    ],
)
def test_what_is_only_odd_does_not_stop_an_import(
    app: FastAPI, client: Client, tmp_path: Path, name: str, line: str
) -> None:
    GtfsImporter().run(app.state.engine, gtfs.folder(tmp_path / "f", gtfs.with_line(name, line)), app.state.clock)
    assert first(client)[0] == "81-early"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"stop_times.txt": None}, "no stop_times.txt", id="no stop_times"),
        pytest.param({"trips.txt": None}, "no trips.txt", id="no trips"),
        pytest.param({"agency.txt": None}, "no agency.txt", id="no agency"),
        pytest.param({"stops.txt": None}, "no stops.txt", id="no stops"),
        pytest.param({"calendar.txt": None, "calendar_dates.txt": None}, "neither calendar.txt", id="no calendar"),
        pytest.param({"trips.txt": "trip_id,route_id\na,b\n"}, "trips.txt has no column service_id", id="a column"),
        pytest.param({"stops.txt": "<html>moved</html>"}, "web page", id="a web page for a table"),
        pytest.param({"agency.txt": "agency_name,agency_timezone\nA,Mars/Base\n"}, "time zone", id="time zone"),
        pytest.param({"stop_times.txt": gtfs.FEED["stop_times.txt"].split("\n")[0]}, "no trip", id="no calls"),
    ],
)
def test_a_feed_that_cannot_be_used_is_refused_and_the_old_version_stays(
    imported: FastAPI, client: Client, tmp_path: Path, changes: dict[str, str | None], reason: str
) -> None:
    before = counts(imported)
    path = gtfs.zipped(tmp_path / "broken.zip", changes)
    with pytest.raises(ImportRefusedError, match=reason):
        GtfsImporter().run(imported.state.engine, path, imported.state.clock, force=True)
    assert counts(imported) == before
    assert first(client)[0] == "81-early"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"<!doctype html><p>Sign in", "web page", id="a web page"),
        pytest.param(b"stop_id,stop_name\n", "not a zip", id="a table"),
        pytest.param(b"PK\x03\x04 cut off", "damaged", id="cut off"),
    ],
)
def test_a_file_that_is_no_zip_is_refused(app: FastAPI, tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "feed.zip"
    path.write_bytes(content)
    with pytest.raises(ImportRefusedError, match=reason):
        GtfsImporter().run(app.state.engine, path, app.state.clock)


def test_a_zip_that_was_cut_off_is_refused(app: FastAPI, tmp_path: Path) -> None:
    path = gtfs.zipped(tmp_path / "feed.zip")
    path.write_bytes(path.read_bytes()[:-600])
    with pytest.raises(ImportRefusedError, match="damaged"):
        GtfsImporter().run(app.state.engine, path, app.state.clock)


def test_a_damaged_entry_is_refused(app: FastAPI, tmp_path: Path) -> None:
    path = gtfs.zipped(tmp_path / "feed.zip")
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo("stop_times.txt").header_offset + 60
    content = bytearray(path.read_bytes())
    content[at : at + 40] = b"\x00" * 40
    path.write_bytes(bytes(content))
    with pytest.raises(ImportRefusedError, match="damaged"):
        GtfsImporter().run(app.state.engine, path, app.state.clock)


def test_a_path_that_is_not_there_is_refused(app: FastAPI, tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError, match="no file or folder"):
        GtfsImporter().run(app.state.engine, tmp_path / "nothing.zip", app.state.clock)


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        pytest.param(Limits(file_bytes=1_000), "too large", id="one file"),
        pytest.param(Limits(total_bytes=2_000), "too large", id="all files"),
        pytest.param(Limits(ratio=2, ratio_from_bytes=1_000), "packed more tightly", id="ratio"),
    ],
)
def test_a_zip_that_unpacks_to_too_much_is_refused(app: FastAPI, tmp_path: Path, limits: Limits, reason: str) -> None:
    with pytest.raises(ImportRefusedError, match=reason):
        GtfsImporter(limits).run(app.state.engine, gtfs.zipped(tmp_path / "f.zip"), app.state.clock)


def test_a_real_zip_bomb_is_refused_by_the_limits_that_are_set(app: FastAPI, tmp_path: Path) -> None:
    path = gtfs.zipped(tmp_path / "bomb.zip", {"shapes.txt": "0" * 12_000_000})
    with pytest.raises(ImportRefusedError, match="packed more tightly"):
        GtfsImporter().run(app.state.engine, path, app.state.clock)


def test_half_a_timetable_is_refused_unless_forced(imported: FastAPI, tmp_path: Path) -> None:
    trips = [line for line in gtfs.FEED["trips.txt"].splitlines() if not line.startswith(("r1,", "rN"))]
    calls = [line for line in gtfs.FEED["stop_times.txt"].splitlines() if not line.startswith(("1-", "N04"))]
    changes = {"trips.txt": "\n".join(trips), "stop_times.txt": "\n".join(calls), "frequencies.txt": None}
    feed = gtfs.folder(tmp_path / "half", changes)
    with pytest.raises(ImportRefusedError, match="less than half"):
        GtfsImporter().run(imported.state.engine, feed, imported.state.clock)
    GtfsImporter().run(imported.state.engine, feed, imported.state.clock, force=True)
    with imported.state.sessions() as session:
        assert session.scalar(select(func.count()).select_from(Trip)) == 6


def test_the_sample_feed_has_no_problem_and_says_that_it_is_a_sample(app: FastAPI, client: Client) -> None:
    report = GtfsImporter().run(app.state.engine, SAMPLE / "gtfs", app.state.clock)
    assert report.problems == []
    assert report.counts["lines"] == 21
    assert client.get("/v1/transport/lines").json()["source"]["sample"] is True


def test_a_feed_without_a_publisher_is_from_the_agencies_that_run_it(
    app: FastAPI, client: Client, tmp_path: Path
) -> None:
    agencies = (
        "agency_id,agency_name,agency_url,agency_timezone\n"
        "idle,Runs Nothing,https://idle.example,Europe/Brussels\n"
        "tec,Transports,https://transport.example,Europe/Brussels\n"
    )
    folder = gtfs.folder(tmp_path / "feed", {"agency.txt": agencies, "feed_info.txt": None})
    GtfsImporter().run(app.state.engine, folder, app.state.clock)
    source = client.get(EIGHT).json()["source"]
    assert (source["name"], source["url"]) == ("Transports", "https://transport.example")
