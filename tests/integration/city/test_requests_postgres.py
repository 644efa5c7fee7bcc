"""Requests on PostgreSQL, where writers do not wait for each other: numbers, keys, erasing, deliveries."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from services.city.app import create_app
from services.city.models import IdempotencyKey, RequestContact, RequestDelivery, ServiceRequest
from services.city.requests.photos.store import PhotoStore
from services.city.requests.privacy import Kept, purge
from services.importers.requests import RequestsImporter
from tests import postgres
from tests.feeds_server import Reply, serving
from tests.integration.city.cities import settle
from tests.integration.city.conftest import NOW, SAMPLE, Client, SettableClock
from tests.integration.city.requesting import FLAGEY, LAMP, MISSED, PERSON, made, moved, settings_of, uploaded
from tests.integration.city.test_forwarding import PATH, forwarder


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture
def app(server: str, tmp_path: Path, clock: SettableClock) -> Iterator[FastAPI]:
    app = create_app(settings_of(tmp_path, database_url=postgres.new_database(server, "requests")), clock)
    settle(app, tmp_path)
    RequestsImporter().run(app.state.engine, SAMPLE / "requests", clock)
    app.state.request_routes = {"street_light": ["other"]}
    yield app
    app.state.engine.dispose()


def test_twenty_at_once_have_twenty_references(client: Client) -> None:
    with ThreadPoolExecutor(20) as pool:
        references = list(pool.map(lambda _: made(client, LAMP)["reference"], range(20)))
    assert sorted(references) == [f"BXL-2026-{number:05d}" for number in range(1, 21)]


def test_twenty_with_one_key_are_one(app: FastAPI, client: Client) -> None:
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: made(client, LAMP, **{"Idempotency-Key": "key-00001"}), range(20)))
    assert len({answer["key"] for answer in answers}) == 1
    with app.state.sessions() as session:
        assert session.scalar(select(func.count()).select_from(ServiceRequest)) == 1


def test_twenty_followers_at_once_are_counted(client: Client) -> None:
    path = f"/v1/requests/{made(client, LAMP)['reference']}/followers"
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda n: client.post(path, json={"contact": {"handle": f"chat-{n}"}}), range(20)))
    assert client.get("/v1/requests/near", FLAGEY).json()["items"][0]["followers"] == 20


def test_one_person_who_follows_twenty_times_at_once_is_counted_once(client: Client) -> None:
    reference = made(client, LAMP)["reference"]
    path = f"/v1/requests/{reference}/followers"
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: client.post(path, json={"contact": {"handle": "chat-1"}}), range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert client.get(f"/v1/requests/{reference}").json()["followers"] == 1


def test_erasing_forgets_the_answers_too(app: FastAPI, client: Client) -> None:
    answer = made(
        client, {**MISSED, "contact": PERSON, "photos": [uploaded(client)]}, **{"Idempotency-Key": "key-00001"}
    )
    path = f"/v1/requests/{answer['reference']}/personal-data"
    assert client.request("DELETE", path, headers={"Request-Key": answer["key"]}).status_code == 204
    with app.state.sessions() as session:
        assert session.scalars(select(RequestContact)).all() == []
        assert session.scalars(select(IdempotencyKey)).all() == []
        assert session.scalars(select(ServiceRequest)).one().lat is None


def test_what_is_past_its_time_is_deleted(app: FastAPI, client: Client, tmp_path: Path) -> None:
    moved(client, made(client, {**LAMP, "contact": PERSON})["reference"], "done")
    kept = Kept(timedelta(days=90), timedelta(days=730), timedelta(days=1))
    with app.state.sessions() as session, session.begin():
        assert purge(session, PhotoStore(tmp_path / "photos"), NOW + timedelta(days=91), kept).contacts == 1


def test_open311_searches_by_time(client: Client) -> None:
    reference = made(client, LAMP)["reference"]
    found = client.get(
        "/open311/v2/requests.json", {"start_date": "2026-11-23T08:15:00+01:00", "status": "open"}
    ).json()
    assert [each["service_request_id"] for each in found] == [reference]
    assert found[0]["requested_datetime"] == "2026-11-23T08:15:00+01:00"


def test_two_that_forward_at_once_tell_each_request_once(app: FastAPI, client: Client) -> None:
    for _ in range(6):
        made(client, LAMP)
    with serving() as fake:
        fake.put(PATH, Reply.json([{"service_request_id": "1"}]))
        forwards = [forwarder(app, fake.url().rstrip("/")) for _ in range(3)]
        with ThreadPoolExecutor(3) as pool:
            done = list(pool.map(lambda each: each.run(), forwards))
        assert sum(each["sent"] for each in done) == 6
        keys = [asked.headers["idempotency-key"] for asked in fake.asked]
    assert len(keys) == len(set(keys)) == 6
    with app.state.sessions() as session:
        assert {each.state for each in session.scalars(select(RequestDelivery))} == {"sent"}
