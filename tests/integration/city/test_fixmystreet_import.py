"""Incidents of FixMyStreet beside our own requests: seen nearby, in our words and stages, never followed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from services.importers.base import ImportRefusedError
from services.importers.fixmystreet import FixMyStreetImporter
from tests.integration.city.conftest import SAMPLE, Client, SettableClock
from tests.integration.city.requesting import FLAGEY, LAMP, made, taking_requests
from tests.unit.feeds.test_fixmystreet import INCIDENT

NEAR = {"x": 150206.0, "y": 168578.0}  # place Flagey


@pytest.fixture
def app(tmp_path: Path, clock: SettableClock) -> Iterator[FastAPI]:
    app = taking_requests(tmp_path, clock)
    yield app
    app.state.engine.dispose()


def brought_in(app: FastAPI, folder: Path, *incidents: dict[str, Any]) -> Any:
    path = folder / "incidents.json"
    path.write_text(json.dumps({"_embedded": {"response": incidents}}), encoding="utf-8")
    return FixMyStreetImporter().run(app.state.engine, path, app.state.clock)


def incident(number: int, state: str = "CREATED", fr: str = "Éclairage public", **place: float) -> dict[str, Any]:
    names = {"nameFr": fr, "nameNl": fr, "nameEn": fr}
    location = {"coordinates": place or NEAR, "address": INCIDENT["location"]["address"]}
    return {**INCIDENT, "id": number, "status": state, "category": names, "location": location}


def test_the_sample_has_no_problem(app: FastAPI, clock: SettableClock) -> None:
    report = FixMyStreetImporter().run(app.state.engine, SAMPLE / "fixmystreet" / "incidents.json", clock)
    assert report.problems == []
    assert (report.counts["incidents"], report.counts["of no service"]) == (40, 0)


def test_what_was_reported_there_is_found_here(app: FastAPI, client: Client, tmp_path: Path) -> None:
    brought_in(app, tmp_path, incident(1, "PROCESSING"), incident(2, "CLOSED"), incident(3, fr="Graffiti"))
    own = made(client, LAMP)["reference"]
    query = {**FLAGEY, "radius_m": 200, "service_code": "street_light", "lang": "nl"}
    page = client.get("/v1/requests/near", query).json()
    assert [each["reference"] or each["external_id"] for each in page["items"]] == [own, "1"]
    external = page["items"][1]
    assert (external["system"], external["stage"], external["age_days"]) == ("FixMyStreet Brussels", "in_progress", 2)
    assert external["service"]["name"] == "Kapotte straatverlichting"
    assert external["address"] == {"fr": "Place Flagey 18, 1050 Ixelles", "nl": "Flageyplein 18, 1050 Elsene"}
    assert external["can_follow"] is False
    assert "FixMyStreet Brussels" in page["source"]["name"]


def test_a_category_of_no_service_is_found_without_one(app: FastAPI, client: Client, tmp_path: Path) -> None:
    report = brought_in(app, tmp_path, incident(1, fr="Divers"))
    assert report.counts["of no service"] == 1
    (found,) = client.get("/v1/requests/near", {**FLAGEY, "radius_m": 200}).json()["items"]
    assert (found["name"], found["service"]) == ("Divers", None)


def test_most_of_it_gone_is_refused(app: FastAPI, client: Client, tmp_path: Path) -> None:
    brought_in(app, tmp_path, *(incident(number) for number in range(10)))
    with pytest.raises(ImportRefusedError, match="less than half"):
        brought_in(app, tmp_path, incident(1))
    assert client.get("/v1/requests/near", {**FLAGEY, "radius_m": 200}).json()["total"] == 10
