"""Requests over HTTP: made once, found before they are made again, followed, and looked up by reference."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from services.city.models import ServiceRequest
from tests.integration.city.conftest import NOW, Client, SettableClock
from tests.integration.city.requesting import (
    FLAGEY,
    LAMP,
    MISSED,
    PERSON,
    STAFF_KEY,
    made,
    moved,
    taking_requests,
    uploaded,
)


@pytest.fixture
def app(tmp_path: Path, clock: SettableClock) -> Iterator[FastAPI]:
    app = taking_requests(tmp_path, clock)
    yield app
    app.state.engine.dispose()


def count(app: FastAPI) -> int:
    with app.state.sessions() as session:
        return session.scalar(select(func.count()).select_from(ServiceRequest)) or 0


def test_a_request_says_where_what_and_until_when(client: Client) -> None:
    answer = made(client, {**LAMP, "contact": PERSON})
    assert answer["reference"] == "BXL-2026-00001"
    assert (answer["status"], answer["stage"]) == ("open", "received")
    assert answer["place"]["address"] == {
        "fr": "Place Eugène Flagey 18, 1050 Ixelles",
        "nl": "Eugène Flageyplein 18, 1050 Elsene",
    }
    assert answer["place"]["commune"]["id"] == "ixelles"
    assert answer["created_at"] == "2026-11-23T08:15:00+01:00"
    assert answer["expected_at"] == "2026-12-07T17:00:00+01:00"
    assert answer["source"]["sample"] is True
    assert [step["stage"] for step in answer["steps"]] == ["received"]


@pytest.mark.parametrize(
    ("language", "stage", "service"),
    [
        ("fr", "Reçu", "Éclairage public en panne"),
        ("nl", "Ontvangen", "Kapotte straatverlichting"),
        ("en", "Received", "Street light not working"),
    ],
)
def test_a_request_is_looked_up_in_three_languages(client: Client, language: str, stage: str, service: str) -> None:
    made(client, LAMP)
    answer = client.get("/v1/requests/bxl 2026 oo1", {"lang": language}).json()
    assert (answer["stage_name"], answer["service"]["name"]) == (stage, service)


def test_stages_and_what_was_done_are_told(client: Client, clock: SettableClock) -> None:
    reference = made(client, LAMP)["reference"]
    clock.at = NOW + timedelta(days=2)
    moved(client, reference, "in_progress")
    moved(client, reference, "done", fr="Ampoule remplacée.", nl="Lamp vervangen.")
    answer = client.get(f"/v1/requests/{reference}", {"lang": "nl"}).json()
    assert [step["stage"] for step in answer["steps"]] == ["received", "in_progress", "done"]
    assert (answer["steps"][-1]["note"], answer["steps"][-1]["note_language"]) == ("Lamp vervangen.", "nl")
    assert (answer["status"], answer["closed_at"]) == ("closed", "2026-11-25T08:15:00+01:00")
    in_english = client.get(f"/v1/requests/{reference}", {"lang": "en"}).json()["steps"][-1]
    assert (in_english["note"], in_english["note_language"]) == ("Ampoule remplacée.", "fr")


def test_the_same_key_makes_one_request(app: FastAPI, client: Client) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: made(client, LAMP, **{"Idempotency-Key": "key-00001"}), range(8)))
    assert len({answer["key"] for answer in answers}) == 1
    assert count(app) == 1


def test_twenty_at_once_have_twenty_references(app: FastAPI, client: Client) -> None:
    with ThreadPoolExecutor(20) as pool:
        references = list(pool.map(lambda _: made(client, LAMP)["reference"], range(20)))
    assert sorted(references) == [f"BXL-2026-{number:05d}" for number in range(1, 21)]


def test_numbers_begin_again_with_the_year_in_brussels(client: Client, clock: SettableClock) -> None:
    made(client, LAMP)
    clock.at = NOW.replace(year=2027, month=1, day=1, hour=0, minute=10)
    assert made(client, LAMP)["reference"] == "BXL-2027-00001"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        pytest.param({"service_code": "street_lights"}, 404, "service_not_found", id="no such service"),
        pytest.param({"point": None}, 422, "place_needed", id="nowhere"),
        pytest.param({"point": {"lat": 50.8798, "lon": 4.7005}}, 422, "outside_region", id="Leuven"),
        pytest.param({"point": {"lat": 0, "lon": 0}}, 422, "outside_region", id="off Africa"),
        pytest.param({"point": {"lat": 91, "lon": 4}}, 422, "invalid_request", id="no latitude"),
        pytest.param({"place": "commune:ixelles", "point": None}, 422, "place_too_large", id="a whole commune"),
        pytest.param({"place": "address:4:999"}, 404, "place_not_found", id="no such house"),
        pytest.param({"place": "stop:\0"}, 422, "invalid_request", id="NUL in a place"),
        pytest.param({"description": ""}, 422, "description_needed", id="says nothing"),
        pytest.param({"description": "a\0b"}, 422, "invalid_request", id="NUL"),
        pytest.param({"description": "\x1b[2J"}, 422, "invalid_request", id="escape"),
        pytest.param({"description": "x" * 4001}, 422, "invalid_request", id="too long"),
        pytest.param({"attributes": {"colour": ["red"]}}, 422, "unknown_attribute", id="unknown attribute"),
        pytest.param({"attributes": {"fault": ["broken"]}}, 422, "invalid_attribute", id="unknown value"),
        pytest.param({"contact": {"name": "Jan"}}, 422, "invalid_request", id="a name alone is no contact"),
        pytest.param({"contact": {"email": "jan"}}, 422, "invalid_request", id="no e-mail address"),
        pytest.param({"photos": ["0" * 32]}, 404, "photo_not_found", id="no such photo"),
        pytest.param({"photos": ["../../etc/passwd"]}, 422, "invalid_request", id="a path as photo"),
        pytest.param({"emergency": True}, 422, "invalid_request", id="unknown field"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_leaves_nothing(
    app: FastAPI, client: Client, change: dict[str, Any], status: int, code: str
) -> None:
    answer = client.post("/v1/requests", json={**LAMP, **change})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert count(app) == 0


def test_a_service_asks_for_what_it_needs(client: Client) -> None:
    lacking = client.post("/v1/requests", json={**MISSED, "attributes": {"fraction": ["white"]}}).json()
    assert lacking["code"] == "attribute_required"
    pickup = {"service_code": "bulky_pickup", "place": "address:4:18", "attributes": {"items": ["un canapé"]}}
    assert client.post("/v1/requests", json=pickup).json()["code"] == "contact_needed"
    assert made(client, {**pickup, "contact": {"phone": "02 123 45 67"}})["public"] is False


def test_an_idea_needs_no_place(client: Client) -> None:
    assert made(client, {"service_code": "idea", "description": "Des bancs au parc"})["place"] is None


def test_an_idea_may_be_for_a_whole_commune(client: Client) -> None:
    idea = {"service_code": "idea", "description": "Des bancs partout", "place": "commune:ixelles"}
    reference = made(client, idea)["reference"]
    assert reference.startswith("BXL-")


def test_a_misspelt_service_is_suggested(client: Client) -> None:
    answer = client.post("/v1/requests", json={**LAMP, "service_code": "streetlight"}).json()
    assert answer["suggestions"][0]["code"] == "street_light"


def test_an_open_request_nearby_is_found_first(client: Client, clock: SettableClock) -> None:
    far = made(client, {**LAMP, "point": {"lat": 50.8281, "lon": 4.3720}})["reference"]
    near = made(client, LAMP)["reference"]
    made(client, {**LAMP, "service_code": "graffiti"})
    made(client, {**LAMP, "point": {"lat": 50.8375, "lon": 4.3720}})
    clock.at = NOW + timedelta(days=3)
    page = client.get("/v1/requests/near", {**FLAGEY, "service_code": "street_light"}).json()
    assert [each["reference"] for each in page["items"]] == [near, far]
    assert [each["distance_m"] for each in page["items"]] == [0, 67]
    assert page["items"][0]["age_days"] == 3
    assert client.get("/v1/requests/near", FLAGEY).json()["total"] == 3


def test_services_that_are_taken_for_each_other_are_found_together(client: Client) -> None:
    reference = made(client, {**LAMP, "service_code": "pavement"})["reference"]
    for code in ("road_damage", "cycle_path"):
        items = client.get("/v1/requests/near", {**FLAGEY, "service_code": code}).json()["items"]
        assert [each["reference"] for each in items] == [reference]


def test_closed_and_private_ones_are_not_near(client: Client) -> None:
    moved(client, made(client, LAMP)["reference"], "done")
    made(client, MISSED)
    assert client.get("/v1/requests/near", {**FLAGEY, "radius_m": 500}).json()["items"] == []


def test_following_counts_each_person_once(client: Client) -> None:
    reference = made(client, {**LAMP, "contact": PERSON})["reference"]
    path = f"/v1/requests/{reference}/followers"
    first = client.post(path, json={"contact": {"handle": "chat-1"}}).json()
    assert (first["followers"], first["already"]) == (1, False)
    again = client.post(path, json={"contact": {"handle": "chat-1"}}).json()
    assert (again["followers"], again["already"], again["key"]) == (1, True, None)
    reporter = client.post(path, json={"contact": {"email": "Fatima.ElAmrani@example.org"}}).json()
    assert (reporter["followers"], reporter["already"]) == (1, True)
    assert client.post(path, json={}).json()["followers"] == 2
    for _ in range(2):
        counted = client.post(path, json={}, headers={"Idempotency-Key": "follow-me-too"}).json()
    assert counted["followers"] == 3
    assert client.get("/v1/requests/near", FLAGEY).json()["items"][0]["followers"] == 3


def test_what_is_closed_or_private_is_not_followed(client: Client) -> None:
    closed, private = made(client, LAMP)["reference"], made(client, MISSED)["reference"]
    moved(client, closed, "done")
    for reference in (closed, private):
        answer = client.post(f"/v1/requests/{reference}/followers", json={})
        assert (answer.status_code, answer.json()["code"]) == (409, "not_followable")


def test_only_staff_moves_a_request(client: Client) -> None:
    path = f"/v1/requests/{made(client, LAMP)['reference']}/steps"
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": STAFF_KEY[:-1]}):
        answer = client.post(path, json={"stage": "done"}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "staff_only")


def test_a_private_matter_shows_its_stage_alone(client: Client) -> None:
    answer = made(client, {**MISSED, "photos": [uploaded(client)]})
    assert answer["place"]["place_id"] == "address:4:18"
    public = client.get(f"/v1/requests/{answer['reference']}").json()
    assert (public["place"], public["description"], public["photos"]) == (None, None, [])
    assert public["stage"] == "received"
    own = client.get(f"/v1/requests/{answer['reference']}", headers={"Request-Key": answer["key"]}).json()
    assert own["place"] == answer["place"]
    assert len(own["photos"]) == 1
    wrong = client.get(f"/v1/requests/{answer['reference']}", headers={"Request-Key": "x" * 32})
    assert (wrong.status_code, wrong.json()["code"]) == (403, "wrong_key")


@pytest.mark.parametrize("reference", ["BXL-2026-00002", "BXL-2026-999999999", "04/PU/1234567"[3:], "nothing", "%00"])
def test_a_reference_that_is_none_is_not_found(client: Client, reference: str) -> None:
    made(client, LAMP)
    answer = client.get(f"/v1/requests/{reference}")
    assert answer.status_code == 404


def test_services_are_found_by_a_sentence(client: Client) -> None:
    found = client.get("/v1/requests/services", {"q": "er zit een gat in het fietspad", "lang": "nl"}).json()
    assert found["items"][0]["code"] == "cycle_path"
    assert found["items"][0]["attributes"][0]["question"] == "Is het gevaarlijk?"
    everything = client.get("/v1/requests/services").json()
    assert everything["total"] == 26
    reports = client.get("/v1/requests/services", {"capability": "waste_missed_collection"}).json()
    assert [each["code"] for each in reports["items"]] == ["missed_collection"]
