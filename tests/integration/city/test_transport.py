"""Stops and lines, what the API says of itself, and how its queries are planned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import event

from services.city.app import create_app
from services.city.core.settings import CitySettings
from services.city.transport.memory import TransportMemory
from services.importers.gtfs import GtfsImporter
from tests.integration.city import gtfs
from tests.integration.city.conftest import NOW, SAMPLE, Client, SettableClock

STOPS = "/v1/transport/stops"
LINES = "/v1/transport/lines"


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    folder = tmp_path_factory.mktemp("network")
    app = create_app(CitySettings(database_url=f"sqlite:///{folder / 'city.db'}"), SettableClock(NOW))
    GtfsImporter().run(app.state.engine, gtfs.folder(folder / "feed"), SettableClock(NOW))
    yield app
    app.state.engine.dispose()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    folder = tmp_path_factory.mktemp("sample")
    app = create_app(CitySettings(database_url=f"sqlite:///{folder / 'city.db'}"), SettableClock(NOW))
    GtfsImporter().run(app.state.engine, SAMPLE / "gtfs", SettableClock(NOW))
    yield app
    app.state.engine.dispose()


def items(app: FastAPI, path: str, **parameters: Any) -> list[dict[str, Any]]:
    response = Client(app).get(path, params=parameters)
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["items"]
    return found


@pytest.mark.parametrize(
    ("query", "first"),
    [
        pytest.param("Flagey", "stop:flagey", id="the very name"),
        pytest.param("zuid", "stop:gare-du-midi", id="a beginning, in Dutch"),
        pytest.param("nord", "stop:gare-du-nord", id="a word of it"),
        pytest.param("flagay", "stop:flagey", id="misspelt"),
        pytest.param("GARE DU MIDI", "stop:gare-du-midi", id="the busier of two of one name"),
    ],
)
def test_a_stop_is_found_by_name(network: FastAPI, query: str, first: str) -> None:
    assert items(network, STOPS, q=query)[0]["id"] == first


@pytest.mark.parametrize("query", ["", "  ", "!!!", "日本", "\0"])
def test_a_name_without_a_letter_finds_nothing(network: FastAPI, query: str) -> None:
    assert items(network, STOPS, q=query) == []


def test_all_stops_are_paged_the_busiest_first(network: FastAPI) -> None:
    page = Client(network).get(STOPS, params={"limit": 2, "offset": 0}).json()
    assert (page["total"], page["limit"], len(page["items"])) == (5, 2, 2)
    assert page["items"][0]["id"] == "stop:gare-du-midi"
    seen = [each["id"] for offset in (0, 2, 4) for each in items(network, STOPS, limit=2, offset=offset)]
    assert len(set(seen)) == 5


def test_a_stop_tells_its_platforms_and_lines(network: FastAPI) -> None:
    stop = Client(network).get(f"{STOPS}/stop:flagey").json()
    assert [(p["id"], p["platform"], p["code"], p["wheelchair"]) for p in stop["platforms"]] == [
        ("flagey-1", "1", "5301", True),  # its station says so
        ("flagey-2", "2", "5302", False),
        ("flagey-bus", None, None, None),
    ]
    assert [line["short_name"] for line in stop["lines"]] == ["81", "N04"]
    assert (stop["wheelchair"], stop["source"]["name"]) == (True, "Test transport")


def test_an_unknown_stop_suggests_similar_ones(network: FastAPI) -> None:
    response = Client(network).get(f"{STOPS}/stop:noordstatie")
    assert (response.status_code, response.json()["code"]) == (404, "stop_not_found")
    assert response.json()["suggestions"][0]["id"] == "stop:gare-du-nord"


def test_lines_come_in_the_feeds_order_the_routes_of_one_number_together(network: FastAPI) -> None:
    lines = items(network, LINES)
    assert [(line["short_name"], line["mode"]) for line in lines] == [("1", "metro"), ("81", "tram"), ("N04", "bus")]
    assert lines[1]["name"] == {"fr": "Flagey - Forest", "nl": "Flagey - Vorst"}
    assert lines[1]["headsigns"][0] == {"fr": "Forest", "nl": "Vorst"}
    assert [line["short_name"] for line in items(network, LINES, limit=1, offset=1)] == ["81"]


def test_a_line_tells_the_stops_of_each_direction(network: FastAPI) -> None:
    line = Client(network).get(f"{LINES}/81").json()
    ways = {way["headsign"]["fr"]: [stop["id"] for stop in way["stops"]] for way in line["directions"]}
    assert ways["Forest"] == ["stop:flagey", "stop:gare-du-midi", "stop:forest"]
    assert ways["Flagey"][0] == "stop:forest"
    assert line["timetable"]["covers"] is True


def test_an_unknown_line_suggests_similar_ones(network: FastAPI) -> None:
    response = Client(network).get(f"{LINES}/82")
    assert (response.status_code, response.json()["code"]) == (404, "line_not_found")
    assert response.json()["suggestions"][0]["short_name"] == "81"


def test_one_number_at_two_operators_is_told_apart(app: FastAPI, client: Client, tmp_path: Path) -> None:
    GtfsImporter().run(app.state.engine, gtfs.folder(tmp_path / "one"), app.state.clock)
    agency = gtfs.FEED["agency.txt"].replace('"Transports, tests"', "Autre")
    other = gtfs.folder(tmp_path / "two", {"agency.txt": agency})
    GtfsImporter().run(app.state.engine, other, app.state.clock, feed="gtfs:other")
    response = client.get(f"{LINES}/81")
    assert (response.status_code, response.json()["code"]) == (409, "line_ambiguous")
    ids = [line["id"] for line in response.json()["suggestions"]]
    assert ids == ["transports-tests:tram:81", "autre:tram:81"]
    assert client.get(f"{LINES}/{ids[1]}").json()["operator"] == "Autre"


def test_an_empty_city_has_no_stop_and_no_line(client: Client) -> None:
    assert client.get(STOPS).json()["items"] == []
    assert client.get(LINES).json()["items"] == []
    response = client.get(f"{STOPS}/stop:flagey/departures")
    assert (response.status_code, response.json()["suggestions"]) == (404, [])


def test_the_documentation_has_every_endpoint_its_errors_and_parameters(network: FastAPI) -> None:
    paths = network.openapi()["paths"]
    mine = {path: found["get"] for path, found in paths.items() if path.startswith("/v1/transport")}
    assert {path: found["operationId"] for path, found in mine.items()}.items() >= {
        STOPS: "list_stops",
        STOPS + "/{stop_id}": "stop",
        STOPS + "/{stop_id}/departures": "departures",
        LINES: "list_lines",
        LINES + "/{short_name}": "line",
        "/v1/transport/messages": "messages",
    }.items()
    for found in mine.values():
        assert found["summary"]
        assert found["description"]
        assert all(parameter["description"] for parameter in found.get("parameters", []))
        problems = [answer for status, answer in found["responses"].items() if status != "200"]
        assert all(list(answer["content"]) == ["application/problem+json"] for answer in problems)
    assert set(mine[LINES + "/{short_name}"]["responses"]) == {"200", "404", "409", "422", "503"}
    board = mine[STOPS + "/{stop_id}/departures"]
    assert {parameter["name"] for parameter in board["parameters"]} == {
        *("stop_id", "line", "towards", "mode", "at", "limit"),
        *("lang",),
    }
    for word in ("stop_not_found", "line_not_found", "line_not_at_stop", "mode_not_at_stop", "towards_not_served"):
        assert word in board["description"]


@pytest.mark.parametrize(
    "query",
    ["", "?limit=100&at=2026-11-25T02:00:00", "?line=81&towards=Montgomery", "?towards=Zuidstation"],
)
def test_departures_read_no_timetable_table_from_end_to_end(sample: FastAPI, query: str) -> None:
    plans: list[str] = []
    sample.state.transport = TransportMemory(CitySettings())  # nothing of the queries before is in memory

    def explain(_conn: Any, cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        plans.extend(row[3] for row in cursor.fetchall())

    event.listen(sample.state.engine, "before_cursor_execute", explain)
    try:
        Client(sample).get(f"{STOPS}/stop:flagey/departures{query}")
    finally:
        event.remove(sample.state.engine, "before_cursor_execute", explain)
    assert any("ix_transport_trips_pattern_id_start_s" in plan for plan in plans)
    # Of feeds and lines in use there are few; nothing else may be read whole.
    few = {"datasets", "transport_feeds", "transport_lines", "realtime_snapshots"}
    assert {plan.split()[1] for plan in plans if plan.startswith("SCAN")} <= few


def test_sample_departures_match_the_frequencies_that_the_feed_states(sample: FastAPI) -> None:
    # frequencies.txt: 1-out-weekday leaves Gare de l'Ouest every 6 minutes from 06:34:00 to 09:34:00.
    path = f"{STOPS}/stop:gare-de-l-ouest/departures"
    found = items(sample, path, line="1", towards="Stockel", at="2026-11-24T08:15:00", limit=3)
    assert [item["scheduled"] for item in found] == [
        "2026-11-24T08:16:00+01:00",
        "2026-11-24T08:22:00+01:00",
        "2026-11-24T08:28:00+01:00",
    ]
    now = datetime.fromisoformat("2026-11-23T08:15:00+01:00")
    assert found[0]["minutes"] == (datetime.fromisoformat(found[0]["scheduled"]) - now).total_seconds() // 60
