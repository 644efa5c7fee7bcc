"""What is known of boarding in a wheelchair, and what is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from services.importers.gtfs import GtfsImporter
from tests.integration.city import gtfs
from tests.integration.city.conftest import SAMPLE, Client

ALL_ACCESSIBLE = {
    "stops.txt": gtfs.FEED["stops.txt"].replace("flagey,,2,2,5302", "flagey,,1,2,5302"),
    "trips.txt": gtfs.FEED["trips.txt"]
    .replace("81-late,Forest,0,2", "81-late,Forest,0,1")
    .replace("81-night,Forest,0,", "81-night,Forest,0,1")
    .replace("81-sunday,Forest,0,", "81-sunday,Forest,0,1")
    .replace("81-short,,0,", "81-short,,0,1"),
}
NO_VEHICLE = {
    "trips.txt": gtfs.FEED["trips.txt"]
    .replace("night,N04-a,Gare du Nord,0,", "night,N04-a,Gare du Nord,0,2")
    .replace("night,N04-b,Gare du Nord,0,", "night,N04-b,Gare du Nord,0,2")
}


def told(app: FastAPI, folder: Path, changes: dict[str, str | None] | None = None) -> dict[str, Any]:
    GtfsImporter().run(app.state.engine, gtfs.folder(folder / "feed", changes), app.state.clock)
    response = Client(app).get("/v1/transport/stops/stop:flagey/accessibility")
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def lines(body: dict[str, Any]) -> dict[str, tuple[bool | None, bool | None]]:
    return {each["short_name"]: (each["platforms"], each["boarding"]) for each in body["lines"]}


def test_platforms_and_vehicles_are_told_apart_and_what_is_not_known_is_null(app: FastAPI, tmp_path: Path) -> None:
    body = told(app, tmp_path)
    platforms = {
        each["id"]: (each["wheelchair"], [line["short_name"] for line in each["lines"]]) for each in body["platforms"]
    }
    assert platforms["flagey-1"] == (True, ["81"])  # as its station says
    assert platforms["flagey-2"] == (False, [])  # only trams that end there
    assert platforms["flagey-bus"][0] is None
    assert lines(body) == {"81": (True, None), "N04": (None, None)}
    tram = next(each for each in body["lines"] if each["short_name"] == "81")
    assert tram["vehicles"] == {"accessible": 1, "not_accessible": 1, "unknown": 3}
    assert (body["realtime"], body["messages"], body["messages_status"]) == (False, [], "none")


def test_a_line_is_boarded_where_every_platform_and_every_vehicle_is_known_to_allow_it(
    app: FastAPI, tmp_path: Path
) -> None:
    assert lines(told(app, tmp_path, {**ALL_ACCESSIBLE}))["81"] == (True, True)


def test_a_line_that_some_vehicles_of_allow_is_neither_boarded_nor_not(app: FastAPI, tmp_path: Path) -> None:
    some = ALL_ACCESSIBLE["trips.txt"].replace("81-late,Forest,0,1", "81-late,Forest,0,2")
    assert lines(told(app, tmp_path, {**ALL_ACCESSIBLE, "trips.txt": some}))["81"] == (True, None)


def test_a_line_without_any_such_vehicle_is_not_boarded(app: FastAPI, tmp_path: Path) -> None:
    assert lines(told(app, tmp_path, {**NO_VEHICLE}))["N04"] == (None, False)


def test_an_unknown_stop_suggests_others(app: FastAPI, tmp_path: Path) -> None:
    told(app, tmp_path)
    response = Client(app).get("/v1/transport/stops/stop:flagay/accessibility")
    assert (response.status_code, response.json()["code"]) == (404, "stop_not_found")
    assert response.json()["suggestions"][0]["id"] == "stop:flagey"


@pytest.mark.parametrize("stop", ["stop:flagey", "stop:gare-du-midi"])
def test_the_sample_city_says_what_it_knows(app: FastAPI, stop: str) -> None:
    GtfsImporter().run(app.state.engine, SAMPLE / "gtfs", app.state.clock)
    body = Client(app).get(f"/v1/transport/stops/{stop}/accessibility").json()
    assert body["platforms"]
    assert body["lines"]
    assert body["source"]["sample"] is True
