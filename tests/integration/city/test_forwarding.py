"""Requests are told to another Open311 server once, whatever dies in between, and what becomes of them comes back.

The other server is a façade of our own, in a process of its own, that is killed and started again.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from services.city.models import RequestDelivery, ServiceRequest
from services.city.requests.remotes import Remote
from services.feeds.open311 import Open311Client, OutcomeUnknownError, Receipt, Report
from services.feeds.settings import FetchSettings
from services.forwarding.delivering import Forwarder
from services.forwarding.settings import ForwardSettings
from tests.feeds_server import FeedsServer, Reply, serving
from tests.integration.city.conftest import NOW, Client, SettableClock
from tests.integration.city.requesting import LAMP, MISSED, PERSON, STAFF_KEY, made, moved, picture, taking_requests

ROOT = Path(__file__).parents[3]
KEY = "a-key-of-the-remote"
SETTINGS = ForwardSettings(first_wait_s=60, longest_wait_s=600, ask_every_s=600, lease_s=300, give_up_after=5)
HOUR = timedelta(hours=1)


@dataclass
class Server:
    """The other server: a process on a port that stays the same, with a database that stays."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        environment = {
            **os.environ,
            "BXL_NOW": NOW.isoformat(),
            "BXL_CITY_DATABASE_URL": f"sqlite:///{self.folder / 'city.db'}",
            "BXL_CITY_PHOTOS_FOLDER": str(self.folder / "photos"),
            "BXL_CITY_OPEN311_API_KEYS": f'["{KEY}"]',
            "BXL_CITY_STAFF_KEY": STAFF_KEY,
        }
        command = [
            sys.executable,
            "-m",
            "uvicorn",
            "services.city.app:create_app",
            "--factory",
            "--port",
            str(self.port),
        ]
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [*command, "--log-level", "error"], cwd=ROOT, env=environment
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                httpx.get(f"{self.url}/health/live", timeout=1)
                return
            except httpx.TransportError:
                self.process.poll()
        pytest.fail("the other server does not start")

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def requests(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = httpx.get(f"{self.url}/open311/v2/requests.json").json()
        return found

    def moves(self, reference: str, stage: str, note: str) -> None:
        headers = {"Authorization": f"Bearer {STAFF_KEY}"}
        body = {"stage": stage, "note": {"fr": note}}
        httpx.post(f"{self.url}/v1/requests/{reference}/steps", json=body, headers=headers).raise_for_status()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    folder = tmp_path / "remote"
    folder.mkdir()
    taking_requests(folder, SettableClock(NOW)).state.engine.dispose()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = Server(folder, free.getsockname()[1])
    server.start()
    yield server
    server.kill()


@pytest.fixture
def app(tmp_path: Path, clock: SettableClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[FastAPI]:
    monkeypatch.setenv("REMOTE_KEY", KEY)
    app = taking_requests(tmp_path, clock)
    app.state.request_routes = {"street_light": ["other"], "missed_collection": ["other"]}
    yield app
    app.state.engine.dispose()


def remote(url: str, **options: Any) -> Remote:
    services = {"street_light": "street_light", "missed_collection": "street_light"}
    return Remote(name="other", url=f"{url}/open311/v2", api_key_variable="REMOTE_KEY", services=services, **options)


def forwarder(
    app: FastAPI, url: str, connect: Callable[[Remote], Open311Client] | None = None, **options: Any
) -> Forwarder:
    engine, clock = app.state.engine, app.state.clock
    return Forwarder(
        engine, clock, [remote(url, **options)], SETTINGS, public_url="https://we.example", connect=connect
    )


def delivery(app: FastAPI) -> RequestDelivery:
    with app.state.sessions() as session:
        return session.scalars(select(RequestDelivery)).one()


def steps(client: Client, reference: str) -> list[tuple[str, str | None]]:
    answer = client.get(f"/v1/requests/{reference}").json()
    return [(step["stage"], step["note"]) for step in answer["steps"]]


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_request_goes_there_and_its_end_comes_back(
    app: FastAPI, client: Client, clock: SettableClock, server: Server, form: str
) -> None:
    new = {**LAMP, "attributes": {"fault": ["flickers"]}, "contact": PERSON}
    reference = made(client, new)["reference"]
    forwards = forwarder(app, server.url, format=form)
    assert dict(forwards.run()) == {"sent": 1}
    (there,) = server.requests()
    expected = f"La lampe est éteinte\nQue se passe-t-il ? Elle clignote\n[{reference}]"
    assert (there["description"], there["lat"], there["service_code"]) == (expected, 50.8275, "street_light")
    assert steps(client, reference)[-1] == ("passed_on", None)
    assert dict(forwards.run()) == {}
    server.moves(there["service_request_id"], "in_progress", "Technicien prévenu.")
    clock.at = NOW + HOUR
    assert dict(forwards.run()) == {"sent": 1}
    assert steps(client, reference)[-1] == ("passed_on", "Technicien prévenu.")
    server.moves(there["service_request_id"], "done", "Ampoule remplacée.")
    clock.at = NOW + 2 * HOUR
    assert dict(forwards.run()) == {"closed": 1}
    assert steps(client, reference)[-1] == ("done", "Ampoule remplacée.")
    assert client.get(f"/v1/requests/{reference}").json()["status"] == "closed"
    clock.at = NOW + 3 * HOUR
    assert dict(forwards.run()) == {}
    assert len(server.requests()) == 1


def test_what_has_photos_to_come_waits_for_them(
    app: FastAPI, client: Client, clock: SettableClock, server: Server
) -> None:
    answer = made(client, {**LAMP, "photos_to_come": 1})
    forwards = forwarder(app, server.url)
    clock.at = NOW + timedelta(minutes=1)
    assert dict(forwards.run()) == {}
    path = f"/v1/requests/{answer['reference']}/photos"
    photo = client.post(path, content=picture(), headers={"Request-Key": answer["key"]}).json()
    clock.at += timedelta(seconds=31)
    assert dict(forwards.run()) == {"sent": 1}
    assert server.requests()[0]["media_url"] == f"https://we.example{photo['url']}"


def test_photos_that_never_come_do_not_hold_it_up(
    app: FastAPI, client: Client, clock: SettableClock, server: Server
) -> None:
    made(client, {**LAMP, "photos_to_come": 1})
    clock.at = NOW + timedelta(minutes=11)
    assert dict(forwarder(app, server.url).run()) == {"sent": 1}


def test_a_server_that_is_killed_gets_it_once_it_is_back(
    app: FastAPI, client: Client, clock: SettableClock, server: Server
) -> None:
    made(client, LAMP)
    server.kill()
    forwards = forwarder(app, server.url)
    waits = []
    for _ in range(3):
        assert dict(forwards.run()) == {"waiting": 1}
        waits.append((delivery(app).next_at - clock.at.astimezone().replace(tzinfo=None)).total_seconds() % 3600)
        assert dict(forwards.run()) == {}
        clock.at += timedelta(minutes=10)
    assert waits == [60, 120, 240]
    assert "example" not in (delivery(app).error or "")
    server.start()
    assert dict(forwards.run()) == {"sent": 1}
    assert len(server.requests()) == 1


class Unlucky(Open311Client):
    """A client that tells the server, and then something happens."""

    happens: Callable[[], None]

    def post(self, report: Report, *, key: str) -> Receipt:
        super().post(report, key=key)
        self.happens()
        raise OutcomeUnknownError("the answer was lost")


def unlucky(app: FastAPI, happens: Callable[[], None]) -> Callable[[Remote], Open311Client]:
    def connect(remote: Remote) -> Open311Client:
        client = Unlucky(remote.url, app.state.clock, api_key=remote.api_key, settings=FetchSettings(read_timeout_s=5))
        client.happens = happens
        return client

    return connect


def test_an_answer_that_was_lost_makes_no_double(
    app: FastAPI, client: Client, clock: SettableClock, server: Server
) -> None:
    reference = made(client, LAMP)["reference"]
    assert dict(forwarder(app, server.url, unlucky(app, server.kill)).run()) == {"sending": 1}
    server.start()
    assert len(server.requests()) == 1
    clock.at += timedelta(minutes=10)
    assert dict(forwarder(app, server.url).run()) == {"sent": 1}
    assert [each["service_request_id"] for each in server.requests()] == [delivery(app).remote_id]
    assert steps(client, reference)[-1] == ("passed_on", None)


def test_our_own_death_makes_no_double(app: FastAPI, client: Client, clock: SettableClock, server: Server) -> None:
    def die() -> None:
        raise SystemExit

    made(client, LAMP)
    with pytest.raises(SystemExit):
        forwarder(app, server.url, unlucky(app, die)).run()
    assert delivery(app).state == "sending"
    assert dict(forwarder(app, server.url).run()) == {}  # whoever is at it may still be alive
    clock.at += timedelta(minutes=6)
    assert dict(forwarder(app, server.url).run()) == {"sent": 1}
    assert len(server.requests()) == 1


def test_a_request_that_was_rolled_back_is_told_to_nobody(app: FastAPI, client: Client) -> None:
    assert client.post("/v1/requests", json={**LAMP, "photos": ["0" * 32]}).status_code == 404
    with app.state.sessions() as session:
        assert session.scalars(select(RequestDelivery)).all() == []


@pytest.fixture
def fake() -> Iterator[FeedsServer]:
    with serving() as fake:
        yield fake


PATH = "/open311/v2/requests.json"
REFUSED = Reply.json([{"code": 400, "description": "jan@example.org"}], status=400)


def form_of(fake: FeedsServer) -> str:
    return httpx.QueryParams(fake.asked[-1].body.decode()).__str__()


@pytest.mark.parametrize(("sends", "told"), [(False, False), (True, True)], ids=["not allowed", "allowed"])
def test_who_made_it_is_told_only_where_that_is_allowed(
    app: FastAPI, client: Client, fake: FeedsServer, sends: bool, told: bool
) -> None:
    fake.put(PATH, Reply.json([{"service_request_id": "1"}]))
    made(client, {**LAMP, "contact": PERSON})
    forwarder(app, fake.url().rstrip("/"), send_contact=sends).run()
    sent = dict(httpx.QueryParams(fake.asked[-1].body.decode()))
    assert (sent.get("email") == PERSON["email"], sent.get("first_name") == "Fatima") == (told, told)
    assert fake.asked[-1].headers["idempotency-key"] == "BXL-2026-00001-other"


def test_a_token_is_asked_after_until_there_is_an_id(
    app: FastAPI, client: Client, clock: SettableClock, fake: FeedsServer
) -> None:
    fake.put(PATH, Reply.json([{"token": "t1"}]))
    fake.put("/open311/v2/tokens/t1.json", Reply.json([{"token": "t1"}]), Reply.json([{"service_request_id": "77"}]))
    made(client, LAMP)
    forwards = forwarder(app, fake.url().rstrip("/"))
    states = []
    for _ in range(3):
        states.append(dict(forwards.run()))
        clock.at += timedelta(minutes=11)
    assert states == [{"token": 1}, {"token": 1}, {"sent": 1}]
    assert delivery(app).remote_id == "77"


@pytest.mark.parametrize(
    ("reply", "state", "error"),
    [
        pytest.param(REFUSED, "failed", "400", id="refused"),
        pytest.param(Reply.json([], status=403), "waiting", "403", id="a wrong key can be mended"),
        pytest.param(Reply.limited("3000"), "waiting", "Limited", id="too often"),
        pytest.param(Reply(b"", status=500), "sending", "Unknown", id="fails"),
        pytest.param(Reply.html(), "sending", "Unknown", id="a web page"),
    ],
)  # fmt: skip
def test_what_a_server_says_decides_what_comes_next(  # noqa: PLR0917 - a table of cases
    app: FastAPI, client: Client, fake: FeedsServer, reply: Reply, state: str, error: str
) -> None:
    fake.put(PATH, reply)
    made(client, LAMP)
    assert dict(forwarder(app, fake.url().rstrip("/")).run()) == {state: 1}
    kept = delivery(app)
    assert error in str(kept.error)
    assert "jan@" not in str(kept.error)
    wait = kept.next_at - NOW.astimezone().replace(tzinfo=None)
    assert ("Limited" not in error) or wait.total_seconds() % 3600 == 3000


def test_a_server_that_never_answers_is_given_up(
    app: FastAPI, client: Client, clock: SettableClock, fake: FeedsServer
) -> None:
    fake.put(PATH, Reply(b"", status=500))
    made(client, LAMP)
    forwards = forwarder(app, fake.url().rstrip("/"))
    states = []
    for _ in range(8):
        states += forwards.run()
        clock.at += HOUR
    assert states == ["sending"] * 4 + ["failed"]


def test_a_withdrawn_private_request_is_not_sent(app: FastAPI, client: Client, fake: FeedsServer) -> None:
    answer = made(client, MISSED)
    headers = {"Request-Key": answer["key"]}
    client.request("DELETE", f"/v1/requests/{answer['reference']}/personal-data", headers=headers)
    assert dict(forwarder(app, fake.url().rstrip("/")).run()) == {}
    assert (delivery(app).state, fake.asked) == ("cancelled", [])


def test_what_is_closed_here_is_not_asked_after(
    app: FastAPI, client: Client, clock: SettableClock, fake: FeedsServer
) -> None:
    fake.put(PATH, Reply.json([{"service_request_id": "1"}]))
    reference = made(client, LAMP)["reference"]
    forwards = forwarder(app, fake.url().rstrip("/"))
    forwards.run()
    moved(client, reference, "done")
    clock.at += HOUR
    assert dict(forwards.run()) == {"closed": 1}
    assert len(fake.asked) == 1
    with app.state.sessions() as session:
        assert session.scalars(select(ServiceRequest)).one().stage == "done"


@pytest.mark.parametrize(
    ("found", "posts", "remote_id"),
    [
        pytest.param([{"service_request_id": "5", "description": "…\n[BXL-2026-00001]"}], 1, "5", id="it was taken"),
        pytest.param([{"service_request_id": "5", "description": "[BXL-2026-00002]"}], 2, "9", id="another was"),
        pytest.param([], 2, "9", id="nothing was"),
    ],
)
def test_a_server_that_forgets_keys_is_searched_before_it_is_told_again(  # noqa: PLR0917 - a table of cases
    app: FastAPI, client: Client, fake: FeedsServer, found: list[dict[str, str]], posts: int, remote_id: str
) -> None:
    fake.put(PATH, Reply(b"", status=504), Reply.json(found), Reply.json([{"service_request_id": "9"}]))
    made(client, LAMP)
    forwards = forwarder(app, fake.url().rstrip("/"))
    assert dict(forwards.run()) == {"sending": 1}
    app.state.clock.at += HOUR
    assert dict(forwards.run()) == {"sent": 1}
    assert sum(bool(asked.body) for asked in fake.asked) == posts
    assert delivery(app).remote_id == remote_id
