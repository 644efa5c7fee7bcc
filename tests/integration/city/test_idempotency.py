"""A write happens once however often it is sent, also at the same instant."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import func, select

from services.city.app import create_app
from services.city.core.dependencies import ClockDep, WriteSessionDep
from services.city.core.errors import CityError
from services.city.core.idempotency import KEPT, KeyHeader, once
from services.city.core.settings import CitySettings
from services.city.models import Dataset
from tests.integration.city.conftest import NOW, Client, SettableClock


class Wish(BaseModel):
    name: str


class Granted(BaseModel):
    number: int


@pytest.fixture
def app(tmp_path: Path, clock: SettableClock) -> Iterator[FastAPI]:
    """A façade with one more endpoint, which writes a row for each wish."""
    app = create_app(CitySettings(database_url=f"sqlite:///{tmp_path / 'city.db'}"), clock)

    @app.post("/wishes")
    def wish(wish: Wish, session: WriteSessionDep, clock: ClockDep, key: KeyHeader = None) -> Granted:
        def write() -> Granted:
            row = Dataset(
                feed=wish.name, topic="t", status="building", imported_at=clock.now(), source_name="s", report={}
            )
            session.add(row)
            session.flush()
            if wish.name == "refused":
                raise CityError(409, "refused", "Refused after writing.")
            return Granted(number=row.id)

        return Granted.model_validate(once(session, key, scope="wish", asked=wish, now=clock.now(), write=write))

    app.routes.insert(0, app.routes.pop())
    yield app
    app.state.engine.dispose()


def rows(app: FastAPI) -> int:
    with app.state.sessions() as session:
        return session.scalar(select(func.count()).select_from(Dataset)) or 0


def send(client: Client, name: str, key: str | None) -> tuple[int, dict[str, object]]:
    answer = client.post("/wishes", json={"name": name}, headers={"Idempotency-Key": key} if key else {})
    return answer.status_code, answer.json()


def test_the_same_key_gives_the_same_answer_and_one_row(app: FastAPI, client: Client) -> None:
    first = send(client, "a bench", "key-00001")
    assert first[0] == 200
    assert send(client, "a bench", "key-00001") == first
    assert rows(app) == 1


def test_twenty_at_the_same_instant_are_one(app: FastAPI, client: Client) -> None:
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: send(client, "a bench", "key-00001"), range(20)))
    assert {status for status, _ in answers} == {200}
    assert len({str(body) for _, body in answers}) == 1
    assert rows(app) == 1


def test_without_a_key_each_request_writes(app: FastAPI, client: Client) -> None:
    send(client, "a bench", None)
    send(client, "a bench", None)
    assert rows(app) == 2


def test_a_key_with_another_request_is_refused(app: FastAPI, client: Client) -> None:
    send(client, "a bench", "key-00001")
    status, body = send(client, "a tree", "key-00001")
    assert (status, body["code"]) == (422, "idempotency_key_reused")
    assert rows(app) == 1


def test_a_refused_write_leaves_nothing_and_its_key_free(app: FastAPI, client: Client) -> None:
    assert send(client, "refused", "key-00001")[0] == 409
    assert rows(app) == 0
    assert send(client, "a tree", "key-00001")[0] == 200


def test_a_key_is_free_again_after_its_time(app: FastAPI, client: Client, clock: SettableClock) -> None:
    send(client, "a bench", "key-00001")
    clock.at = NOW + KEPT * 1.01
    assert send(client, "a tree", "key-00001")[0] == 200
    assert rows(app) == 2
