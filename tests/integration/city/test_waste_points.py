"""Container parks and drop-off points, from their files to the answers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from services.city.core.datasets import ImportReport
from services.importers.base import ImportRefusedError
from services.importers.best import BestImporter
from services.importers.communes import CommunesImporter
from services.importers.waste_points import WastePointsImporter
from tests.integration.city import best, points
from tests.integration.city.conftest import SAMPLE, Client, SettableClock

HERE = "50.8400,4.3500"


def brought_in(app: FastAPI, path: Path, **options: Any) -> ImportReport:
    return WastePointsImporter().run(app.state.engine, path, app.state.clock, **options)


@pytest.fixture
def city(app: FastAPI, client: Client, tmp_path: Path) -> Client:
    brought_in(app, points.write(tmp_path / "points"))
    return client


def ask(city: Client, path: str, **params: Any) -> dict[str, Any]:
    response = city.get(f"/v1/waste/{path}", params=params)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def ids(answer: dict[str, Any]) -> list[str]:
    return [item["id"] for item in answer["items"]]


def test_parks_come_nearest_first_with_what_they_take_and_what_to_bring(city: Client) -> None:
    answer = ask(city, "container-parks", near="50.81,4.35", lang="nl")
    assert ids(answer) == ["south", "north"]
    north = answer["items"][1]
    assert north["accepts"] == [
        {"id": "wood", "name": "hout", "limit": None},
        {"id": "oil", "name": "olie", "limit": "Tien liter."},
    ]
    assert (north["bring"], north["rules"], north["website"]) == (["Een kaart"], ["Gratis."], "https://x.example/nl")
    assert answer["items"][0]["distance_m"] == 1112
    assert answer["source"]["name"] == "Container parks and drop-off points"


@pytest.mark.parametrize(
    ("now", "is_open", "opens_next", "closes_at"),
    [
        pytest.param("2026-11-23T08:15", False, "2026-11-23T12:00:00+01:00", None, id="before it opens"),
        pytest.param("2026-11-23T13:00", True, None, "2026-11-23T18:00:00+01:00", id="open"),
        pytest.param("2026-11-23T18:00", False, "2026-11-24T09:00:00+01:00", None, id="on the minute it closes"),
        pytest.param("2026-12-25T10:00", False, "2026-12-28T12:00:00+01:00", None, id="Christmas, a Friday"),
        pytest.param("2026-12-01T10:00", False, "2026-12-04T09:00:00+01:00", None, id="closed for works"),
    ],
)
def test_a_park_is_open_now_or_says_when_next(
    city: Client, clock: SettableClock, *, now: str, is_open: bool, opens_next: str | None, closes_at: str | None
) -> None:
    clock.at = datetime.fromisoformat(f"{now}:00+01:00")
    park = ask(city, "container-parks/north")
    assert (park["open_now"], park["opens_next"], park["closes_at"]) == (is_open, opens_next, closes_at)


@pytest.mark.parametrize(
    ("day", "openings", "holiday", "because"),
    [
        pytest.param("2026-11-24", [("09:00", "16:00")], False, None, id="an ordinary day"),
        pytest.param("2026-11-29", [], False, None, id="a Sunday"),
        pytest.param("2026-12-25", [], True, None, id="a public holiday"),
        pytest.param("2026-12-02", [], False, "Works.", id="works"),
    ],
)
def test_the_day_asked_about(
    city: Client, *, day: str, openings: list[tuple[str, str]], holiday: bool, because: str | None
) -> None:
    on_date = ask(city, "container-parks/north", on=day, lang="en")["on_date"]
    assert [(each["opens"][11:16], each["closes"][11:16]) for each in on_date["openings"]] == openings
    assert (on_date["date"], on_date["public_holiday"], on_date["closed_because"]) == (day, holiday, because)


def test_parks_that_take_a_material(city: Client) -> None:
    assert ids(ask(city, "container-parks", material="oil")) == ["north"]


def test_an_unknown_material_names_those_there_are(city: Client) -> None:
    response = city.get("/v1/waste/container-parks", params={"material": "woods", "lang": "fr"})
    assert (response.status_code, response.json()["code"]) == (422, "unknown_material")
    assert response.json()["suggestions"] == [{"id": "wood", "name": "bois"}, {"id": "oil", "name": "huile"}]


def test_an_unknown_park_suggests_the_most_similar(city: Client) -> None:
    response = city.get("/v1/waste/container-parks/souht")
    assert (response.status_code, response.json()["code"]) == (404, "container_park_not_found")
    assert response.json()["suggestions"][0] == {"id": "south", "name": {"fr": "Sud", "nl": "Zuid"}}


def test_a_point_is_no_park(city: Client) -> None:
    assert city.get("/v1/waste/container-parks/bank-a").status_code == 404


@pytest.mark.parametrize(
    ("material", "found"),
    [("glass", ["bank-a", "bank-b"]), ("oil", ["box", "north"]), ("batteries", ["box"]), ("clothes", [])],
)
def test_points_that_take_a_material_come_nearest_first_parks_among_them(
    city: Client, material: str, found: list[str]
) -> None:
    assert ids(ask(city, "drop-off-points", near=HERE, material=material)) == found


def test_a_point_says_what_it_is_and_how_far(city: Client) -> None:
    first, second, third = ask(city, "drop-off-points", near=HERE, radius_m=2000, lang="nl")["items"]
    assert (first["name"], first["note"], first["distance_m"], first["open_now"]) == ("Glasbol", "Zonder dop.", 0, None)
    assert (second["id"], second["distance_m"], second["open_now"]) == ("box", 111, False)
    assert second["opens_next"] == "2026-11-23T09:00:00+01:00"
    assert (third["id"], third["distance_m"]) == ("bank-b", 1112)


def test_only_within_the_radius(city: Client) -> None:
    assert ids(ask(city, "drop-off-points", near=HERE, radius_m=1000)) == ["bank-a", "box"]


def test_without_a_place_all_are_listed_without_distance(city: Client) -> None:
    answer = ask(city, "drop-off-points", limit=2)
    assert (answer["total"], [item["distance_m"] for item in answer["items"]]) == (4, [None, None])


def test_a_place_stands_for_its_point(app: FastAPI, city: Client, clock: SettableClock, tmp_path: Path) -> None:
    CommunesImporter().run(app.state.engine, SAMPLE / "communes", clock)
    door = best.line(1, "Rue Blaes", "Blaesstraat", "1000", "20", lat=50.85, lon=4.35)
    BestImporter().run(app.state.engine, best.write(tmp_path / "openaddress.csv", [door]), clock)
    answer = ask(city, "drop-off-points", place="address:1:20", material="glass")
    assert [(item["id"], item["distance_m"]) for item in answer["items"]] == [("bank-b", 0), ("bank-a", 1112)]


@pytest.mark.parametrize("path", ["container-parks", "container-parks/north", "drop-off-points"])
@pytest.mark.parametrize(
    ("params", "status", "code"),
    [
        ({"place": "street:99"}, 404, "place_not_found"),
        ({"place": "\0"}, 404, "place_not_found"),
        ({"near": "here"}, 422, "invalid_point"),
        ({"near": "nan,4"}, 422, "invalid_point"),
        ({"near": "91,4"}, 422, "invalid_point"),
    ],
)
def test_bad_places_are_problems(city: Client, path: str, params: dict[str, str], *, status: int, code: str) -> None:
    response = city.get(f"/v1/waste/{path}", params=params)
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_without_points_lists_are_empty(client: Client) -> None:
    assert ask(client, "container-parks", material="wood")["items"] == []
    assert ask(client, "drop-off-points", near=HERE)["items"] == []
    assert client.get("/v1/waste/container-parks/north").status_code == 404


@pytest.mark.parametrize(
    ("part", "old", "new", "reason"),
    [
        ("parks", "id: south", "id: north", "second park with the id 'north'"),
        ("parks", "accepts: [wood]", "accepts: [gold]", "south: accepts: no material 'gold'"),
        ("parks", 'opens: "12:00"', 'opens: "19:00"', "hours.0: Value error, closes 18:00 is not after opens 19:00"),
        ("parks", "last: 2026-12-03", "last: 2026-11-03", "is not within a year after first"),
        ("points", "id: bank-b", "id: bank-a", "second point with the id 'bank-a'"),
        ("points", "materials: [oil, batteries]", "materials: []", "materials: Tuple should have"),
        ("points", "lat: 50.8500", "lat: 508.5", "location.lat: "),
    ],
)
def test_what_is_at_fault_is_left_out_and_named(
    app: FastAPI, tmp_path: Path, *, part: str, old: str, new: str, reason: str
) -> None:
    text = getattr(points, part.upper())
    assert old in text
    texts: dict[str, Any] = {part: text.replace(old, new)}
    report = brought_in(app, points.write(tmp_path / "points", **texts))
    assert [problem["file"] for problem in report.problems] == [f"{part}.yml"]
    assert reason in report.problems[0]["reason"]
    assert report.counts[part] == {"parks": 1, "points": 2}[part]


@pytest.mark.parametrize(
    ("part", "old", "reason"),
    [("parks", "visit:", "visit: "), ("points", "note: {fr: Sans bouchon., ", "kinds.glass_bank.note")],
)
def test_texts_that_many_share_must_be_sound(app: FastAPI, tmp_path: Path, *, part: str, old: str, reason: str) -> None:
    text = getattr(points, part.upper())
    texts: dict[str, Any] = {part: text.replace(old, old.replace("visit", "vist").replace("fr: Sans bouchon., ", ""))}
    with pytest.raises(ImportRefusedError, match=reason):
        brought_in(app, points.write(tmp_path / "points", **texts))
