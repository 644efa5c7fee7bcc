"""Bike-share stations near a place: bikes, docks, ages."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from fastapi import FastAPI

from services.city.core import feed_states
from services.importers.base import ImportRefusedError
from services.importers.bikes import BikesImporter
from tests.integration.city.conftest import NOW, SAMPLE, Client, SettableClock

PATH = "/v1/transport/bike-stations"
STEPHANIE = "50.83294,4.36036"


@pytest.fixture
def bikes(app: FastAPI, clock: SettableClock, client: Client) -> Client:
    BikesImporter().run(app.state.engine, SAMPLE / "bikes", clock)
    return client


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """The sample's files, as a system would publish them."""
    folder = tmp_path / "real"
    shutil.copytree(SAMPLE / "bikes", folder)
    (folder / "origin.yml").write_text("{source_name: Villo!, sample: false}", encoding="utf-8")
    return folder


def change(folder: Path, station_id: str, **values: Any) -> None:
    path = folder / "station_status.json"
    content = orjson.loads(path.read_bytes())
    for station in content["data"]["stations"]:
        if station["station_id"] == station_id:
            station.update(values)
    path.write_bytes(orjson.dumps(content))


def test_the_nearest_come_first(bikes: Client) -> None:
    answer = bikes.get(PATH, {"near": STEPHANIE}).json()
    names = [item["name"]["fr"] for item in answer["items"]]
    distances = [item["distance_m"] for item in answer["items"]]
    assert names[:2] == ["Stéphanie", "Louise"]
    assert distances == sorted(distances)
    assert distances[0] < 100
    assert len(names) == 5 < answer["total"]
    assert answer["items"][0]["name"] == {"fr": "Stéphanie", "nl": "Stefania"}


def test_sample_figures_say_so_and_are_not_real_time(bikes: Client) -> None:
    answer = bikes.get(PATH, {"near": STEPHANIE}).json()
    assert (answer["source"]["sample"], answer["realtime"]) == (True, False)
    assert 0 <= answer["items"][0]["age_minutes"] <= 15


@pytest.mark.parametrize(("want", "without"), [("bikes", "Stéphanie"), ("docks", "Gare du Midi")])
def test_only_what_helps_is_listed_where_asked(bikes: Client, want: str, without: str) -> None:
    items = bikes.get(PATH, {"want": want, "limit": 100}).json()["items"]
    assert all(item[want] for item in items)
    assert without not in {item["name"]["fr"] for item in items}
    assert without in {item["name"]["fr"] for item in bikes.get(PATH, {"limit": 100}).json()["items"]}


def test_a_station_that_lends_none_has_none_to_take(bikes: Client) -> None:
    items = {item["name"]["fr"]: item for item in bikes.get(PATH, {"limit": 100}).json()["items"]}
    assert (items["Meiser"]["renting"], items["Meiser"]["bikes"]) == (False, 0)
    assert items["Meiser"]["docks"] is not None


def test_far_away_there_is_none(bikes: Client) -> None:
    answer = bikes.get(PATH, {"near": "50.75,4.30", "radius_m": 500}).json()
    assert (answer["items"], answer["total"]) == ([], 0)
    assert answer["source"]["sample"]


def test_real_figures_are_real_time_for_ten_minutes(
    app: FastAPI, clock: SettableClock, client: Client, real: Path
) -> None:
    BikesImporter().run(app.state.engine, real, clock)
    fresh = client.get(PATH).json()
    clock.at = NOW + timedelta(minutes=11)
    stale = client.get(PATH).json()
    assert (fresh["realtime"], stale["realtime"]) == (True, False)
    assert stale["items"][0]["age_minutes"] == fresh["items"][0]["age_minutes"] + 11
    assert stale["as_of"] == "2026-11-23T08:15:00+01:00"


def test_figures_that_did_not_change_are_as_new_as_the_system_says(
    app: FastAPI, clock: SettableClock, client: Client, real: Path
) -> None:
    BikesImporter().run(app.state.engine, real, clock)
    later = NOW + timedelta(minutes=30)
    with app.state.sessions.begin() as session:
        watched = feed_states.Watched("villo", "Villo!", "bikes", True, timedelta(minutes=1), None)
        feed_states.declare(session, [watched])
        feed_states.succeeded(session, "villo", now=later, next_at=later, changed=False, etag=None, last_modified=None)
    clock.at = later + timedelta(minutes=5)
    answer = client.get(PATH).json()
    assert (answer["as_of"], answer["realtime"]) == ("2026-11-23T08:45:00+01:00", True)


def test_a_station_whose_clock_is_ahead_is_not_from_the_future(
    app: FastAPI, clock: SettableClock, client: Client, real: Path
) -> None:
    change(real, "1", last_reported="2026-11-23T09:15:00+01:00")
    BikesImporter().run(app.state.engine, real, clock)
    (item,) = [item for item in client.get(PATH, {"limit": 100}).json()["items"] if item["id"] == "1"]
    assert (item["reported_at"], item["age_minutes"]) == ("2026-11-23T08:15:00+01:00", 0)


def test_systems_stand_side_by_side(app: FastAPI, clock: SettableClock, client: Client, real: Path) -> None:
    BikesImporter().run(app.state.engine, SAMPLE / "bikes", clock)
    BikesImporter().run(app.state.engine, real, clock, feed="bikes:villo")
    answer = client.get(PATH, {"near": STEPHANIE}).json()
    assert {item["system"] for item in answer["items"][:2]} == {
        "Villo!",
        "Ville d'exemple · Voorbeeldstad · Sample city",
    }
    assert answer["realtime"] is False


def test_a_system_that_lost_most_of_its_stations_is_refused(
    app: FastAPI, clock: SettableClock, bikes: Client, real: Path
) -> None:
    before = bikes.get(PATH).json()["total"]
    path = real / "station_information.json"
    content = orjson.loads(path.read_bytes())
    content["data"]["stations"] = content["data"]["stations"][:5]
    path.write_bytes(orjson.dumps(content))
    with pytest.raises(ImportRefusedError, match="less than half"):
        BikesImporter().run(app.state.engine, real, clock)
    assert bikes.get(PATH).json()["total"] == before


@pytest.mark.parametrize("content", [b"<html>", b"{}"], ids=["web page", "nothing"])
def test_a_folder_that_is_no_system_is_refused(app: FastAPI, clock: SettableClock, real: Path, content: bytes) -> None:
    (real / "station_status.json").write_bytes(content)
    for path in (real, real / "station_status.json"):
        with pytest.raises(ImportRefusedError):
            BikesImporter().run(app.state.engine, path, clock)


@pytest.mark.parametrize(
    ("params", "status", "code"),
    [
        pytest.param({"place": "stop:nowhere"}, 404, "place_not_found", id="no place"),
        pytest.param({"place": "\0"}, 404, "place_not_found", id="nul"),
        pytest.param({"near": "here"}, 422, "invalid_point", id="no point"),
        pytest.param({"near": "nan,4"}, 422, "invalid_point", id="nan"),
        pytest.param({"want": "cars"}, 422, "invalid_request", id="want"),
        pytest.param({"radius_m": 10**9}, 422, "invalid_request", id="radius"),
    ],
)
def test_what_cannot_be_asked_says_why(bikes: Client, params: dict[str, Any], status: int, code: str) -> None:
    answer = bikes.get(PATH, params)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_without_a_system_there_are_no_stations(client: Client) -> None:
    answer = client.get(PATH).json()
    assert (answer["items"], answer["realtime"]) == ([], False)
