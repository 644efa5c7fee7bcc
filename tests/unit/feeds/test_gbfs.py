"""Bike share as GBFS 1 to 3 and JCDecaux's older list write it, and what is fetched when."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from kit.clock import FixedClock
from services.feeds.errors import FeedError, UnexpectedContentError
from services.feeds.gbfs import VILLO, Station, fetch, read_stations
from services.feeds.gbfs.names import names_of
from services.feeds.gbfs.values import instant
from services.feeds.http import Fetcher, Validators
from services.feeds.settings import FetchSettings
from tests.feeds_server import FeedsServer, Reply
from tests.unit.feeds.conftest import NOW

V3_NAMES = [{"text": "Bourse", "language": "fr-BE"}, {"text": "Beurs", "language": "nl"}]
INFORMATION = {"station_id": "7", "name": V3_NAMES, "lat": 50.848, "lon": 4.3495, "capacity": 20}
STATUS = {
    "station_id": "7",
    "num_vehicles_available": 5,
    "num_docks_available": 14,
    "is_installed": True,
    "is_renting": True,
    "is_returning": False,
    "last_reported": "2026-11-23T08:10:00+01:00",
}
STATION = Station(
    id="7",
    name_fr="Bourse",
    name_nl="Beurs",
    lat=50.848,
    lon=4.3495,
    capacity=20,
    virtual=False,
    bikes=5,
    docks=14,
    renting=True,
    returning=False,
    reported_at=datetime(2026, 11, 23, 7, 10, tzinfo=UTC),
)


def stations(*entries: Any) -> dict[str, Any]:
    return {"last_updated": "2026-11-23T08:14:00+01:00", "ttl": 60, "version": "3.0", "data": {"stations": entries}}


def read(
    folder: Path, information: Any = INFORMATION, status: Any = STATUS, **more: Any
) -> tuple[list[Station], list[str]]:
    files = {"station_information.json": stations(information), "station_status.json": stations(status), **more}
    for name, content in files.items():
        (folder / name).write_bytes(orjson.dumps(content))
    problems: list[str] = []
    return list(read_stations(folder, lambda _file, _line, reason: problems.append(reason))), problems


def without(entry: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in keys}


def test_version_3_is_read(tmp_path: Path) -> None:
    assert read(tmp_path) == ([STATION], [])


def test_version_2_is_read(tmp_path: Path) -> None:
    information = {**INFORMATION, "name": "007 - BOURSE"}
    status = {**without(STATUS, "num_vehicles_available"), "num_bikes_available": 5, "last_reported": 1795417800}
    dutch = {"station_information.nl.json": stations({**INFORMATION, "name": "007 - BEURS"})}
    (station,), problems = read(tmp_path, information, status, **dutch)
    assert (station.name_fr, station.name_nl, station.bikes, problems) == ("BOURSE", "BEURS", 5, [])
    assert station.reported_at == STATION.reported_at


def test_version_1_writes_truths_as_numbers(tmp_path: Path) -> None:
    (station,), _ = read(tmp_path, status={**STATUS, "is_installed": 1, "is_renting": 0, "is_returning": 1})
    assert (station.renting, station.returning) == (False, True)


def test_what_may_be_missing_may_be_missing(tmp_path: Path) -> None:
    information = without(INFORMATION, "capacity")
    status = without(STATUS, "num_docks_available", "is_installed", "is_renting", "is_returning", "last_reported")
    (station,), problems = read(tmp_path, information, status)
    assert problems == []
    assert (station.capacity, station.docks, station.renting, station.reported_at) == (None, None, True, None)


def test_a_virtual_station_has_no_docks(tmp_path: Path) -> None:
    (station,), _ = read(tmp_path, {**INFORMATION, "is_virtual_station": True})
    assert (station.virtual, station.docks) == (True, None)


def test_a_station_that_is_not_installed_is_left_out_quietly(tmp_path: Path) -> None:
    assert read(tmp_path, status={**STATUS, "is_installed": False}) == ([], [])


@pytest.mark.parametrize(
    ("information", "status", "reason"),
    [
        pytest.param({**INFORMATION, "lat": "north"}, STATUS, "no coordinates", id="coordinates"),
        pytest.param({**INFORMATION, "lat": 0, "lon": 0}, STATUS, "not in Belgium", id="null island"),
        pytest.param(without(INFORMATION, "lon"), STATUS, "no coordinates", id="half a point"),
        pytest.param({**INFORMATION, "name": []}, STATUS, "no name", id="no name"),
        pytest.param({**INFORMATION, "name": [None]}, STATUS, "no name", id="empty name"),
        pytest.param({**INFORMATION, "name": 7}, STATUS, "not a text", id="name is a number"),
        pytest.param(INFORMATION, {**STATUS, "num_vehicles_available": -1}, "out of range", id="negative"),
        pytest.param(INFORMATION, {**STATUS, "num_vehicles_available": 1.5}, "not a number", id="half a bike"),
        pytest.param(INFORMATION, {**STATUS, "num_vehicles_available": "5"}, "not a number", id="a text"),
        pytest.param(INFORMATION, without(STATUS, "num_vehicles_available"), "bikes: None", id="no figure"),
        pytest.param(INFORMATION, {**STATUS, "is_renting": "yes"}, "neither true nor false", id="truth"),
        pytest.param(INFORMATION, {**STATUS, "station_id": "8"}, "no figures", id="no figures"),
        pytest.param(without(INFORMATION, "station_id"), STATUS, "no station_id", id="no id"),
        pytest.param({**INFORMATION, "station_id": "\0"}, STATUS, "no station_id", id="nul"),
        pytest.param("7", STATUS, "no station_id", id="not an object"),
    ],
)
def test_a_station_at_fault_is_named(tmp_path: Path, information: Any, status: Any, reason: str) -> None:
    found, problems = read(tmp_path, information, status)
    assert found == []
    assert any(reason in problem for problem in problems)


def test_a_second_station_of_one_id_is_left_out(tmp_path: Path) -> None:
    double = stations(INFORMATION, {**INFORMATION, "capacity": 99})
    found, problems = read(tmp_path, **{"station_information.json": double})
    assert (found, problems) == ([STATION], ["station '7': a second time"])


@pytest.mark.parametrize("content", [[], {}, {"data": []}, {"data": {"stations": []}}, {"data": {"stations": {}}}])
def test_a_file_without_stations_is_no_file(tmp_path: Path, content: Any) -> None:
    with pytest.raises(UnexpectedContentError, match="no stations"):
        read(tmp_path, **{"station_status.json": content})


def test_files_that_are_missing_or_torn_say_so(tmp_path: Path) -> None:
    with pytest.raises(UnexpectedContentError, match="cannot be read"):
        list(read_stations(tmp_path, lambda *_problem: None))
    (tmp_path / "station_status.json").write_bytes(b'{"data": ')
    with pytest.raises(UnexpectedContentError, match="not JSON"):
        list(read_stations(tmp_path, lambda *_problem: None))


@pytest.mark.parametrize(
    ("value", "names"),
    [
        pytest.param("122 - GARE / STATION", ("GARE", "STATION"), id="both in one"),
        pytest.param("  012: Place   A ", ("Place A", "Place A"), id="one for both"),
        pytest.param("A / B / C", ("A / B / C", "A / B / C"), id="no halves"),
        pytest.param([{"text": "A / B", "language": "en"}], ("A", "B"), id="another language"),
        pytest.param([{"text": "Beurs", "language": "NL"}], ("Beurs", "Beurs"), id="Dutch only"),
    ],
)
def test_names(value: Any, names: tuple[str, str]) -> None:
    assert names_of(value) == names


@pytest.mark.parametrize("value", [0, 1e30, -1, True, None, "yesterday", "9999-01-01", "1970-01-01T00:00:00Z"])
def test_times_that_cannot_be_are_none(value: Any) -> None:
    assert instant(value) is None


def test_the_older_list_of_jcdecaux_is_read(tmp_path: Path) -> None:
    entry = {
        "number": 7,
        "name": "007 - BOURSE / BEURS",
        "position": {"lat": 50.848, "lng": 4.3495},
        "status": "CLOSED",
        "bike_stands": 20,
        "available_bikes": 5,
        "available_bike_stands": 14,
        "last_update": 1795417800000,
    }
    content = [entry, entry, without(entry, "position")]
    found, problems = read(tmp_path, **{"stations.json": content})
    assert [(s.id, s.name_nl, s.bikes, s.docks, s.renting) for s in found] == [("7", "BEURS", 5, 14, False)]
    assert found[0].reported_at == STATION.reported_at
    assert len(problems) == 2


@pytest.fixture
def system(server: FeedsServer, monkeypatch: pytest.MonkeyPatch) -> FeedsServer:
    monkeypatch.setenv("BXL_FEEDS_VILLO_URL", server.url("/gbfs.json"))
    files = {name: {"name": name, "url": server.url(f"/{name}")} for name in ("station_information", "station_status")}
    server.put("/gbfs.json", Reply.json({"version": "3.0", "data": {"feeds": list(files.values())}}))
    server.put("/station_information", Reply.json(stations(INFORMATION)))
    server.put("/station_status", Reply.json(stations(STATUS), etag='"1"'))
    return server


def found_in(folder: Path) -> list[Station]:
    return list(read_stations(folder, lambda *_problem: None))


def paths(server: FeedsServer) -> list[str]:
    return [asked.path for asked in server.asked]


def test_a_system_is_discovered_and_fetched(system: FeedsServer, fetcher: Fetcher, tmp_path: Path) -> None:
    fetched = fetch(fetcher, VILLO, None, tmp_path / "gbfs")
    assert (fetched.not_modified, fetched.validators.etag, fetched.content) == (False, '"1"', b"")
    assert paths(system) == ["/gbfs.json", "/station_information", "/station_status"]
    assert found_in(tmp_path / "gbfs") == [STATION]


def test_only_the_figures_are_asked_for_again(system: FeedsServer, fetcher: Fetcher, tmp_path: Path) -> None:
    first = fetch(fetcher, VILLO, None, tmp_path)
    assert fetch(fetcher, VILLO, first.validators, tmp_path).not_modified
    system.put("/station_status", Reply.json(stations({**STATUS, "num_vehicles_available": 6}), etag='"2"'))
    assert not fetch(fetcher, VILLO, first.validators, tmp_path).not_modified
    assert paths(system)[3:] == ["/station_status", "/station_status"]
    assert found_in(tmp_path)[0].bikes == 6


def test_after_an_hour_the_stations_are_asked_for_again(system: FeedsServer, fetcher: Fetcher, tmp_path: Path) -> None:
    first = fetch(fetcher, VILLO, None, tmp_path)
    later = FixedClock(NOW.replace(hour=10))
    system.put("/station_information", Reply.json(stations({**INFORMATION, "capacity": 30})))
    with Fetcher(later, FetchSettings()) as another:
        assert not fetch(another, VILLO, first.validators, tmp_path).not_modified
    assert found_in(tmp_path)[0].capacity == 30


def test_files_that_moved_are_found_again(system: FeedsServer, fetcher: Fetcher, tmp_path: Path) -> None:
    first = fetch(fetcher, VILLO, None, tmp_path)
    feeds = [
        {"name": "station_information", "url": system.url("/station_information")},
        {"name": "station_status", "url": system.url("/moved")},
    ]
    system.put("/gbfs.json", Reply.json({"data": {"feeds": feeds}}))
    system.put("/station_status", Reply(status=404))
    system.put("/moved", Reply.json(stations(STATUS)))
    assert not fetch(fetcher, VILLO, first.validators, tmp_path).not_modified
    assert paths(system)[-1] == "/moved"


def test_each_language_has_its_files_in_version_2(system: FeedsServer, fetcher: Fetcher, tmp_path: Path) -> None:
    def feeds(language: str) -> dict[str, Any]:
        names = ("station_information", "station_status")
        return {"feeds": [{"name": name, "url": system.url(f"/{language}/{name}")} for name in names]}

    system.put("/gbfs.json", Reply.json({"data": {"nl": feeds("nl"), "fr": feeds("fr"), "en": feeds("en")}}))
    for language, name in (("fr", "Bourse"), ("nl", "Beurs")):
        system.put(f"/{language}/station_information", Reply.json(stations({**INFORMATION, "name": name})))
    system.put("/fr/station_status", Reply.json(stations(STATUS)))
    fetch(fetcher, VILLO, None, tmp_path)
    assert found_in(tmp_path) == [STATION]


def test_figures_that_are_torn_leave_those_before(system: FeedsServer, fetcher: Fetcher, tmp_path: Path) -> None:
    first = fetch(fetcher, VILLO, None, tmp_path)
    system.put("/station_status", Reply(b'{"data": {"stations": ['))
    with pytest.raises(UnexpectedContentError):
        fetch(fetcher, VILLO, first.validators, tmp_path)
    assert found_in(tmp_path) == [STATION]


@pytest.mark.parametrize(
    "content",
    [{}, [], {"data": 1}, {"data": {}}, {"data": {"fr": 1}}, {"data": {"feeds": [1, {"name": "a"}]}}],
    ids=str,
)
def test_what_is_no_discovery_file_is_said(system: FeedsServer, fetcher: Fetcher, tmp_path: Path, content: Any) -> None:
    system.put("/gbfs.json", Reply.json(content))
    with pytest.raises(FeedError, match=r"gbfs.json: no "):
        fetch(fetcher, VILLO, Validators('"1"'), tmp_path)
