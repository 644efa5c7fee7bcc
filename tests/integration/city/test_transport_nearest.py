"""The stops near a place: which, how far on foot, with which lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI

from services.city.app import create_app
from services.city.core.settings import CitySettings
from services.importers.gtfs import GtfsImporter
from tests.integration.city import gtfs
from tests.integration.city.conftest import NOW, Client, SettableClock

NEAR = "/v1/transport/stops/near"
#: Some 150 metres north of Flagey.
POINT = "50.8290,4.3722"


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    folder = tmp_path_factory.mktemp("network")
    app = create_app(CitySettings(database_url=f"sqlite:///{folder / 'city.db'}"), SettableClock(NOW))
    for feed in ("gtfs:one", "gtfs:other"):
        GtfsImporter().run(app.state.engine, gtfs.folder(folder / "feed"), SettableClock(NOW), feed=feed)
    yield app
    app.state.engine.dispose()


def near(app: FastAPI, status: int = 200, **parameters: Any) -> dict[str, Any]:
    response = Client(app).get(NEAR, params=parameters)
    assert response.status_code == status, response.text
    body: dict[str, Any] = response.json()
    return body


def walks(body: dict[str, Any]) -> list[tuple[str, int]]:
    return [(each["id"], each["walk_minutes"]) for each in body["items"]]


def test_the_nearest_stop_comes_first_with_its_walk_and_its_lines_of_all_feeds_once(network: FastAPI) -> None:
    body = near(network, near=POINT, max_walk_m=3_000)
    assert walks(body)[0][0] == "stop:flagey"
    first = body["items"][0]
    assert 100 < first["walk_m"] < 220
    assert first["walk_minutes"] == -(-first["walk_m"] // 80)
    assert {line["short_name"] for line in first["lines"]} == {"81", "N04"}
    assert (body["total"], body["realtime"]) == (1, False)


def test_a_stop_that_is_further_than_the_walk_is_left_out(network: FastAPI) -> None:
    assert near(network, near=POINT, max_walk_m=100)["items"] == []


@pytest.mark.parametrize("max_walk_m", range(150, 450, 20))
def test_no_walk_is_longer_than_asked_for_in_whatever_direction(network: FastAPI, max_walk_m: int) -> None:
    found = near(network, near="50.8294,4.3745", max_walk_m=max_walk_m)["items"]
    assert all(each["walk_m"] <= max_walk_m for each in found)


def test_of_a_mode_only_stops_that_have_it_and_its_lines(network: FastAPI) -> None:
    (flagey,) = near(network, near=POINT, mode="bus")["items"]
    assert {line["short_name"] for line in flagey["lines"]} == {"N04"}
    assert near(network, near=POINT, mode="metro")["items"] == []
    assert [each["id"] for each in near(network, near="50.8365,4.3368", mode="metro")["items"]] == ["stop:gare-du-midi"]


@pytest.mark.parametrize("line", ["81", "Tram 81", "transports-tests:tram:81"])
def test_of_a_line_only_stops_that_it_serves_and_that_line(network: FastAPI, line: str) -> None:
    found = near(network, near=POINT, line=line)["items"]
    assert {served["short_name"] for each in found for served in each["lines"]} == {"81"}
    assert near(network, near=POINT, line=line, mode="bus")["items"] == []


def test_a_line_that_does_not_exist_is_no_empty_list(network: FastAPI) -> None:
    assert near(network, 404, near=POINT, line="999")["code"] == "line_not_found"


def test_stops_at_which_nothing_may_be_boarded_are_no_help(network: FastAPI) -> None:
    assert near(network, near="50.8600,4.3600")["items"] == []  # everything ends at Gare du Nord


def test_near_a_place_is_near_where_it_lies(network: FastAPI) -> None:
    assert walks(near(network, place="point:50.82900,4.37220"))[0][0] == "stop:flagey"


@pytest.mark.parametrize(
    ("parameters", "status", "code"),
    [
        pytest.param({}, 422, "place_required", id="no place"),
        pytest.param({"place": "stop:nowhere"}, 404, "place_not_found", id="no such place"),
        pytest.param({"near": "91,4"}, 422, "invalid", id="no point on Earth"),
    ],
)
def test_what_cannot_be_answered_says_why(network: FastAPI, parameters: dict[str, str], status: int, code: str) -> None:
    assert near(network, status, **parameters)["code"].startswith(code)


@pytest.mark.parametrize("point", ["90,0", "-90,180", "0,-180", "50.8,179.9999"])
def test_at_the_ends_of_the_earth_there_is_no_stop(network: FastAPI, point: str) -> None:
    assert near(network, near=point)["items"] == []
