"""When a line runs on a day: first and last departures, how often, which ways."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from services.city.app import create_app
from services.city.core.settings import CitySettings
from services.importers.gtfs import GtfsImporter
from tests.integration.city import gtfs
from tests.integration.city.conftest import NOW, Client, SettableClock

LINES = "/v1/transport/lines"
MONDAY, FRIDAY, SATURDAY = "2026-11-23", "2026-11-27", "2026-11-28"


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    folder = tmp_path_factory.mktemp("network")
    app = create_app(CitySettings(database_url=f"sqlite:///{folder / 'city.db'}"), SettableClock(NOW))
    GtfsImporter().run(app.state.engine, gtfs.folder(folder / "feed"), SettableClock(NOW))
    yield app
    app.state.engine.dispose()


def asked(app: FastAPI, path: str, status: int = 200, **parameters: Any) -> dict[str, Any]:
    response = Client(app).get(f"{LINES}/{path}", params=parameters)
    assert response.status_code == status, response.text
    body: dict[str, Any] = response.json()
    return body


def edges(body: dict[str, Any]) -> dict[str, tuple[str, str, int]]:
    return {
        each["headsign"]["nl"]: (each["first"]["scheduled"], each["last"]["scheduled"], each["departures"])
        for each in body["directions"]
    }


def test_the_last_departure_of_a_day_may_be_after_midnight(network: FastAPI) -> None:
    body = asked(network, "81/first-last", stop="stop:flagey", date=MONDAY)
    assert edges(body) == {
        "Vorst": ("2026-11-23T08:00:00+01:00", "2026-11-24T00:20:00+01:00", 3),
        "Midi seulement": ("2026-11-23T08:30:00+01:00", "2026-11-23T08:30:00+01:00", 1),
    }
    assert (body["service_day"], body["next_service_day"]) == (MONDAY, None)
    assert body["stop"]["name"] == {"fr": "Flagey", "nl": "Flagey"}


def test_without_a_stop_each_direction_is_told_where_it_begins(network: FastAPI) -> None:
    body = asked(network, "81/first-last", date=MONDAY)
    begins = {each["headsign"]["fr"]: each["first"]["stop"]["id"] for each in body["directions"]}
    assert begins == {"Forest": "stop:flagey", "Midi seulement": "stop:flagey", "Flagey": "stop:forest"}
    assert body["afterwards"] is None


@pytest.mark.parametrize(
    ("at", "day"),
    [
        pytest.param("2026-11-24T00:10:00+01:00", MONDAY, id="after midnight it is still the evening's day"),
        pytest.param("2026-11-24T04:10:00+01:00", "2026-11-24", id="in the morning it is the new day"),
        pytest.param("2026-11-23T08:15:00+01:00", MONDAY, id="by day"),
    ],
)
def test_today_is_the_service_day_that_people_mean(network: FastAPI, at: str, day: str) -> None:
    network.state.clock.at = datetime.fromisoformat(at)
    try:
        assert asked(network, "81/first-last", stop="stop:flagey")["service_day"] == day
        assert asked(network, "81")["service_day"] == day
    finally:
        network.state.clock.at = NOW


def test_night_lines_that_take_over_are_named(network: FastAPI) -> None:
    (after,) = asked(network, "81/first-last", stop="stop:flagey", date=FRIDAY)["afterwards"]
    assert (after["short_name"], after["night"], after["headsigns"][0]["fr"]) == ("N04", True, "Gare du Nord")
    assert (after["departs"], after["last"]) == ("2026-11-28T01:30:00+01:00", "2026-11-28T03:30:00+01:00")


def test_in_other_nights_nothing_takes_over(network: FastAPI) -> None:
    assert asked(network, "81/first-last", stop="stop:flagey", date=MONDAY)["afterwards"] == []


def test_what_leaves_afterwards_by_day_is_no_night_line(network: FastAPI) -> None:
    (after,) = asked(network, "1/first-last", stop="stop:gare-du-midi", date=MONDAY)["afterwards"]
    assert (after["short_name"], after["night"], after["departs"][11:16]) == ("81", False, "08:11")


def test_a_day_without_departures_names_the_next_with_some(network: FastAPI) -> None:
    body = asked(network, "81/first-last", stop="stop:flagey", date=SATURDAY)
    assert (body["directions"], body["next_service_day"], body["afterwards"]) == ([], "2026-11-29", None)


def test_a_day_outside_the_timetable_is_said_to_be_so(network: FastAPI) -> None:
    body = asked(network, "81/first-last", date="2030-01-01")
    assert (body["directions"], body["next_service_day"], body["timetable"]["covers"]) == ([], None, False)


@pytest.mark.parametrize(
    ("path", "parameters", "status", "code"),
    [
        pytest.param("85/first-last", {}, 404, "line_not_found", id="no such line"),
        pytest.param("85/first-last", {"stop": "stop:flagey"}, 404, "line_not_found", id="no such line, at a stop"),
        pytest.param("81/first-last", {"stop": "stop:flagay"}, 404, "stop_not_found", id="no such stop"),
        pytest.param("1/first-last", {"stop": "stop:flagey"}, 404, "line_not_at_stop", id="not at that stop"),
        pytest.param("81/first-last", {"date": "0001-01-01"}, 422, "invalid", id="a day of no timetable"),
        pytest.param("81", {"date": "9999-12-31"}, 422, "invalid", id="a day of no timetable, for a line"),
    ],
)
def test_what_cannot_be_answered_says_why(
    network: FastAPI, path: str, parameters: dict[str, str], status: int, code: str
) -> None:
    assert asked(network, path, status, **parameters)["code"].startswith(code)


def test_how_often_a_line_leaves_is_told_by_the_hour(network: FastAPI) -> None:
    (direction,) = asked(network, "1", date=MONDAY)["directions"]
    told = [(each["since"][11:16], each["departures"], each["every_minutes"]) for each in direction["frequency"]]
    assert told == [("06:00", 6, 10), ("07:00", 4, 15)]


def test_a_headway_that_the_timetable_promises_is_told_as_it_is(app: FastAPI, tmp_path: Path) -> None:
    promised = gtfs.FEED["frequencies.txt"].replace("06:00:00,07:00:00,600,0", "06:00:00,06:30:00,1800,0")
    GtfsImporter().run(app.state.engine, gtfs.folder(tmp_path / "feed", {"frequencies.txt": promised}), app.state.clock)
    (direction,) = asked(app, "1", date=MONDAY)["directions"]
    assert [each["every_minutes"] for each in direction["frequency"]] == [30, 15]


def test_an_hour_with_one_departure_has_no_frequency(network: FastAPI) -> None:
    directions = asked(network, "81", date=MONDAY)["directions"]
    told = {
        each["headsign"]["fr"]: [(hour["since"], hour["every_minutes"]) for hour in each["frequency"]]
        for each in directions
    }
    assert told["Forest"] == [
        ("2026-11-23T08:00:00+01:00", None),
        ("2026-11-23T23:00:00+01:00", None),
        ("2026-11-24T00:00:00+01:00", None),
    ]


def test_the_other_ways_of_a_direction_follow_the_most_frequent(network: FastAPI) -> None:
    forest = next(each for each in asked(network, "81")["directions"] if each["headsign"]["fr"] == "Forest")
    assert [stop["id"] for stop in forest["stops"]] == ["stop:flagey", "stop:gare-du-midi", "stop:forest"]
    (direct,) = forest["variants"]
    assert ([stop["id"] for stop in direct["stops"]], direct["trips"]) == (["stop:flagey", "stop:forest"], 1)
