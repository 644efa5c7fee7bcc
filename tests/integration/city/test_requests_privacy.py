"""Personal data of requests: shown to nobody, in no log, erased on demand and when its time is over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from services.city import upkeep
from services.city.models import AuditNote, Base
from services.city.requests.photos.store import PhotoStore
from services.city.requests.privacy import Kept, Purged, purge
from tests.integration.city.conftest import NOW, Client, SettableClock
from tests.integration.city.requesting import FLAGEY, LAMP, MISSED, PERSON, made, moved, taking_requests

KEPT = Kept(timedelta(days=90), timedelta(days=730), timedelta(days=1))
#: What only the person knows, as it may occur anywhere.
TRACES = ("Amrani", "fatima", "0478", "chat-77", "secret words")


@pytest.fixture
def app(tmp_path: Path, clock: SettableClock) -> Iterator[FastAPI]:
    app = taking_requests(tmp_path, clock)
    yield app
    app.state.engine.dispose()


def found(app: FastAPI, *traces: str) -> set[str]:
    """Return which of these texts are anywhere in the database, by table."""
    hits = set()
    with app.state.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            # As tuples: a row shows long values cut short.
            content = str([tuple(row) for row in connection.execute(select(table))]).casefold()
            hits |= {f"{table.name}: {trace}" for trace in traces if trace.casefold() in content}
    return hits


def erased(client: Client, reference: str, key: str) -> int:
    return client.request("DELETE", f"/v1/requests/{reference}/personal-data", headers={"Request-Key": key}).status_code


def test_no_answer_shows_who_made_it(client: Client) -> None:
    new = {**LAMP, "contact": PERSON, "description": "Appelez-moi au 0478 12 34 56 ou fatima.elamrani@example.org"}
    answer = client.post("/v1/requests", json=new)
    reference = answer.json()["reference"]
    follower = client.post(f"/v1/requests/{reference}/followers", json={"contact": {"handle": "chat-77"}})
    near = client.get("/v1/requests/near", FLAGEY)
    status = client.get(f"/v1/requests/{reference}")
    for shown in (answer, follower, near, status):
        assert [trace for trace in TRACES if trace.casefold() in shown.text.casefold()] == []
    assert "Appelez-moi au [phone] ou [email]" in status.json()["description"]


def test_contacts_are_in_one_table_alone(app: FastAPI, client: Client) -> None:
    reference = made(client, {**LAMP, "contact": PERSON}, **{"Idempotency-Key": "key-00001"})["reference"]
    client.post(
        f"/v1/requests/{reference}/followers",
        json={"contact": {"handle": "chat-77"}},
        headers={"Idempotency-Key": "key-00002"},
    )
    assert {hit.partition(":")[0] for hit in found(app, *TRACES)} == {"request_contacts"}


def test_erasing_leaves_no_trace(app: FastAPI, client: Client) -> None:
    new = {**MISSED, "contact": PERSON, "description": "secret words, 0478 12 34 56"}
    answer = made(client, new, **{"Idempotency-Key": "key-00001"})
    assert found(app, *TRACES)
    assert erased(client, answer["reference"], answer["key"]) == 204
    assert found(app, *TRACES, "Flagey 18", "address:4:18") == set()
    left = client.get(f"/v1/requests/{answer['reference']}", headers={"Request-Key": answer["key"]}).json()
    assert (left["stage"], left["status"], left["place"], left["description"]) == ("withdrawn", "closed", None, None)
    assert erased(client, answer["reference"], answer["key"]) == 204


def test_a_public_problem_stays_where_it_is_without_its_words(app: FastAPI, client: Client) -> None:
    answer = made(client, {**LAMP, "contact": PERSON, "description": "secret words"})
    assert erased(client, answer["reference"], answer["key"]) == 204
    assert found(app, *TRACES) == set()
    (near,) = client.get("/v1/requests/near", FLAGEY).json()["items"]
    assert (near["reference"], near["description"], near["stage"]) == (answer["reference"], None, "received")


def test_a_follower_leaves_alone(app: FastAPI, client: Client) -> None:
    reference = made(client, {**LAMP, "contact": PERSON})["reference"]
    path = f"/v1/requests/{reference}/followers"
    follower = client.post(path, json={"contact": {"handle": "chat-77"}}).json()
    assert erased(client, reference, follower["key"]) == 204
    assert {hit.partition(": ")[2] for hit in found(app, *TRACES)} == {"Amrani", "fatima", "0478"}
    assert client.get(f"/v1/requests/{reference}").json()["followers"] == 0
    assert erased(client, reference, follower["key"]) == 403


@pytest.mark.parametrize("key", ["", "x", "0" * 64])
def test_another_key_erases_nothing(app: FastAPI, client: Client, key: str) -> None:
    reference = made(client, {**LAMP, "contact": PERSON})["reference"]
    before = found(app, *TRACES)
    assert erased(client, reference, key) == 403
    assert client.request("DELETE", f"/v1/requests/{reference}/personal-data").status_code == 403
    assert found(app, *TRACES) == before


def test_keys_are_not_kept(app: FastAPI, client: Client) -> None:
    key = made(client, {**LAMP, "contact": PERSON})["key"]
    assert found(app, key) == set()


def purged(app: FastAPI, folder: Path, **after: int) -> Purged:
    with app.state.sessions() as session, session.begin():
        return purge(session, PhotoStore(folder / "photos"), NOW + timedelta(**after), KEPT)


def test_contacts_go_when_their_time_after_closing_is_over(app: FastAPI, client: Client, tmp_path: Path) -> None:
    written = {**LAMP, "contact": PERSON, "description": "lampe 12, appelez le 0478 12 34 56"}
    closed = made(client, written)["reference"]
    client.post(f"/v1/requests/{closed}/followers", json={"contact": {"handle": "chat-77"}})
    still_open = made(client, {**LAMP, "contact": {"email": "jan@example.org"}})["reference"]
    moved(client, closed, "done")
    assert purged(app, tmp_path, days=89).contacts == 0
    assert purged(app, tmp_path, days=91).contacts == 2
    assert found(app, *TRACES) == set()
    assert found(app, "jan@example.org") == {"request_contacts: jan@example.org"}
    assert client.get(f"/v1/requests/{closed}").json()["description"] == "lampe 12, appelez le [phone]"
    assert client.get(f"/v1/requests/{still_open}").json()["status"] == "open"


def test_words_go_two_years_after_closing(app: FastAPI, client: Client, tmp_path: Path) -> None:
    reference = made(client, {**LAMP, "description": "secret words"})["reference"]
    moved(client, reference, "done")
    assert purged(app, tmp_path, days=729).requests == 0
    assert purged(app, tmp_path, days=731).requests == 1
    assert found(app, *TRACES) == set()
    assert client.get(f"/v1/requests/{reference}").json()["stage"] == "done"
    assert purged(app, tmp_path, days=800).requests == 0


def test_logs_hold_nothing_personal(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answer = made(client, {**LAMP, "contact": PERSON, "description": "secret words"})
    client.post("/v1/requests", json={**LAMP, "contact": {"email": "fatima@"}, "description": "secret words\0"})
    client.get(f"/v1/requests/{answer['reference']}", headers={"Request-Key": answer["key"]})
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name != "httpx")
    assert logged
    assert [trace for trace in (*TRACES, answer["key"]) if trace in logged] == []


def test_a_running_server_deletes_what_is_past_its_time(
    app: FastAPI, client: Client, clock: SettableClock, caplog: pytest.LogCaptureFixture
) -> None:
    moved(client, made(client, {**LAMP, "contact": PERSON})["reference"], "done")
    clock.at = NOW + timedelta(days=91)

    async def live() -> None:
        purged = asyncio.Event()
        told = logging.Handler()
        told.emit = lambda _record: purged.set()  # type: ignore[method-assign]
        upkeep.log.addHandler(told)
        try:
            async with app.router.lifespan_context(app), asyncio.timeout(20):
                await purged.wait()
        finally:
            upkeep.log.removeHandler(told)

    caplog.set_level(logging.INFO)
    asyncio.run(live())
    assert found(app, *TRACES) == set()


MARKER = "Zwanzeleer7391"


def in_files(folder: Path, words: str) -> list[str]:
    """Return the files, of the database and of photos, that hold these words."""
    return [path.name for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def test_nothing_that_was_erased_is_left_in_the_files(client: Client, tmp_path: Path) -> None:
    contact = {"name": MARKER, "email": f"{MARKER}@example.org", "handle": MARKER}
    new = {**MISSED, "description": f"{MARKER} " * 200, "contact": contact}
    answer = made(client, new, **{"Idempotency-Key": f"key-{MARKER}"})
    assert in_files(tmp_path, MARKER)
    assert erased(client, answer["reference"], answer["key"]) == 204
    assert in_files(tmp_path, MARKER) == []


def test_what_is_past_its_time_is_deleted_by_the_project_s_own_file(
    app: FastAPI, client: Client, clock: SettableClock, tmp_path: Path
) -> None:
    moved(client, made(client, {**LAMP, "contact": {**PERSON, "name": MARKER}})["reference"], "done")
    for days, left in ((89, True), (91, False)):
        clock.at = NOW + timedelta(days=days)
        upkeep.purge_now(app.state.sessions, app.state.settings, clock)
        assert bool(in_files(tmp_path, MARKER)) is left


def test_acts_are_noted_without_whom_they_are_about(app: FastAPI, client: Client, clock: SettableClock) -> None:
    answer = made(client, {**LAMP, "contact": PERSON})
    moved(client, answer["reference"], "in_progress")
    erased(client, answer["reference"], answer["key"])
    moved(client, made(client, {**LAMP, "contact": PERSON})["reference"], "done")
    clock.at = NOW + timedelta(days=91)
    upkeep.purge_now(app.state.sessions, app.state.settings, clock)
    with app.state.sessions() as session:
        notes = list(session.scalars(select(AuditNote).order_by(AuditNote.id)))
    assert [(each.who, each.what, each.count) for each in notes] == [
        ("staff", "advance_request", 1),
        ("resident", "erase_request", 1),
        ("staff", "advance_request", 1),
        ("retention", "delete_request_contact", 1),
    ]
    clock.at = NOW + timedelta(days=91 + 366)
    upkeep.purge_now(app.state.sessions, app.state.settings, clock)
    with app.state.sessions() as session:
        assert {each.what for each in session.scalars(select(AuditNote))} == {"delete_city_audit"}
