"""Public car parks near a place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from fastapi import FastAPI

from services.importers.base import ImportRefusedError
from services.importers.car_parks import CarParksImporter
from tests.integration.city.conftest import SAMPLE, Client, SettableClock

PATH = "/v1/transport/car-parks"


@pytest.fixture
def city(app: FastAPI, clock: SettableClock, client: Client) -> Client:
    CarParksImporter().run(app.state.engine, SAMPLE / "car_parks", clock)
    return client


def test_the_nearest_come_first(city: Client) -> None:
    answer = city.get(PATH, {"near": "50.8275,4.3722", "limit": 2}).json()
    assert answer["items"][0]["name"] == {"fr": "Parking Place Flagey", "nl": "Parking Flageyplein"}
    assert (answer["items"][0]["distance_m"], answer["items"][0]["capacity"]) == (0, 180)
    assert answer["items"][1]["distance_m"] > 0
    assert answer["source"]["sample"]


def test_without_a_place_they_are_listed_by_name(city: Client) -> None:
    names = [item["name"]["fr"] for item in city.get(PATH, {"limit": 100}).json()["items"]]
    assert names == sorted(names)
    assert len(names) == 10


@pytest.mark.parametrize(
    ("params", "status"),
    [({"place": "stop:x"}, 404), ({"near": "x"}, 422), ({"radius_m": 0}, 422), ({"near": "50.5,4.3"}, 200)],
    ids=str,
)
def test_odd_questions(city: Client, params: dict[str, Any], status: int) -> None:
    assert city.get(PATH, params).status_code == status


def test_a_second_record_of_one_car_park_is_left_out(
    app: FastAPI, clock: SettableClock, client: Client, tmp_path: Path
) -> None:
    record = {"name_fr": "A", "geo_point_2d": {"lat": 50.84, "lon": 4.35}}
    path = tmp_path / "car_parks.json"
    path.write_bytes(orjson.dumps({"results": [record, record]}))
    report = CarParksImporter().run(app.state.engine, path, clock)
    assert [problem["reason"] for problem in report.problems] == ["A: a second time"]
    assert client.get(PATH).json()["total"] == 1


def test_an_empty_file_leaves_the_version_in_use(
    app: FastAPI, clock: SettableClock, city: Client, tmp_path: Path
) -> None:
    path = tmp_path / "car_parks.json"
    path.write_bytes(b'{"results": []}')
    with pytest.raises(ImportRefusedError, match="no records"):
        CarParksImporter().run(app.state.engine, path, clock)
    assert city.get(PATH).json()["total"] == 10
