"""Photos over HTTP: uploaded, tied to a request, served as pictures and nothing else, deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from services.city.requests.photos.store import PhotoStore
from services.city.requests.privacy import Kept, purge
from tests.integration.city.conftest import NOW, Client, SettableClock
from tests.integration.city.requesting import LAMP, made, moved, picture, taking_requests, uploaded

KEPT = Kept(timedelta(days=90), timedelta(days=730), timedelta(days=1))


@pytest.fixture
def app(tmp_path: Path, clock: SettableClock) -> Iterator[FastAPI]:
    app = taking_requests(tmp_path, clock, photo_max_bytes=20_000)
    yield app
    app.state.engine.dispose()


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "photos").glob("*/*"))


def test_a_photo_is_served_as_a_picture_only(client: Client) -> None:
    answer = client.get(f"/v1/requests/photos/{uploaded(client)}")
    assert answer.content[:3] == b"\xff\xd8\xff"
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("claimed", ["image/svg+xml", "text/html", "application/x-sh"])
def test_what_the_sender_calls_it_counts_for_nothing(client: Client, claimed: str) -> None:
    form = {"photo": ("../../evil.html", picture(), claimed)}
    answer = client.post("/v1/requests/photos", files=form)
    assert answer.status_code == 201
    assert client.get(answer.json()["url"]).headers["content-type"] == "image/jpeg"


@pytest.mark.parametrize(
    ("options", "status", "code"),
    [
        pytest.param({"content": b"<html>"}, 415, "not_a_photo", id="HTML"),
        pytest.param({"content": b""}, 415, "not_a_photo", id="nothing"),
        pytest.param({"content": b"x" * 20_001}, 413, "photo_too_large", id="too many bytes"),
        pytest.param({"files": {"photo": ("a", b"x" * 40_000)}}, 413, "photo_too_large", id="a form too large"),
        pytest.param({"files": {"file": ("a", picture())}}, 422, "invalid_form", id="a part of another name"),
        pytest.param({"data": {"photo": "text"}, "files": {"x": b""}}, 422, "invalid_form", id="no file"),
        pytest.param(
            {"content": b"x", "headers": {"content-type": "multipart/form-data"}}, 422, "invalid_form", id="no boundary"
        ),
        pytest.param(
            {"content": b"--a\r\n", "headers": {"content-type": "multipart/form-data; boundary=a"}},
            422, "invalid_form", id="a form cut off",
        ),
    ],
)  # fmt: skip
def test_what_is_no_photo_is_refused_and_leaves_no_file(
    client: Client, tmp_path: Path, options: dict[str, object], status: int, code: str
) -> None:
    answer = client.post("/v1/requests/photos", **options)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert files(tmp_path) == []


def test_a_photo_uploaded_twice_with_a_key_is_one(client: Client, tmp_path: Path) -> None:
    headers = {"Idempotency-Key": "photo-00001"}
    answers = [client.post("/v1/requests/photos", content=picture(), headers=headers).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(files(tmp_path)) == 1
    other = client.post("/v1/requests/photos", content=picture("blue"), headers=headers)
    assert other.json()["code"] == "idempotency_key_reused"


def test_photos_belong_to_one_request_in_their_order(client: Client) -> None:
    ids = [uploaded(client, colour) for colour in ("red", "blue", "green")]
    answer = made(client, {**LAMP, "photos": [ids[2], ids[0], ids[1]]})
    assert [photo["id"] for photo in answer["photos"]] == [ids[2], ids[0], ids[1]]
    again = client.post("/v1/requests", json={**LAMP, "photos": [ids[0]]})
    assert (again.status_code, again.json()["code"]) == (404, "photo_not_found")


@pytest.mark.parametrize("photo_id", ["0" * 32, "..%2f..%2fcity.db", "A" * 32, "0" * 31, "0" * 32 + "%0a"])
def test_no_other_file_is_served(client: Client, photo_id: str) -> None:
    assert client.get(f"/v1/requests/photos/{photo_id}").status_code in (404, 422)


def test_photos_are_deleted_with_their_request(client: Client, tmp_path: Path) -> None:
    photo_id = uploaded(client)
    answer = made(client, {**LAMP, "photos": [photo_id]})
    path = f"/v1/requests/{answer['reference']}/personal-data"
    assert client.request("DELETE", path, headers={"Request-Key": answer["key"]}).status_code == 204
    assert files(tmp_path) == []
    assert client.get(f"/v1/requests/photos/{photo_id}").status_code == 404


def added(client: Client, answer: dict[str, object], content: bytes | None = None, **headers: str) -> httpx.Response:
    path = f"/v1/requests/{answer['reference']}/photos"
    given = {"Request-Key": str(answer["key"])} | {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(path, content=picture() if content is None else content, headers=given)


def test_who_made_a_request_adds_photos_to_it(client: Client, tmp_path: Path) -> None:
    answer = made(client, LAMP)
    ids = [added(client, answer, picture(colour)).json()["id"] for colour in ("red", "blue")]
    found = client.get(f"/v1/requests/{answer['reference']}").json()
    assert [photo["id"] for photo in found["photos"]] == ids
    path = f"/v1/requests/{answer['reference']}/personal-data"
    client.request("DELETE", path, headers={"Request-Key": answer["key"]})
    assert files(tmp_path) == []


def test_a_photo_added_twice_with_a_key_is_one(client: Client, tmp_path: Path) -> None:
    answer = made(client, LAMP)
    sent = [added(client, answer, Idempotency_Key="photo-00001").json() for _ in range(2)]
    assert sent[0] == sent[1]
    assert len(files(tmp_path)) == 1


def test_nobody_else_adds_a_photo(client: Client, tmp_path: Path) -> None:
    answer = made(client, LAMP)
    for key in ("", "another"):
        refused = added(client, {**answer, "key": key})
        assert (refused.status_code, refused.json()["code"]) == (403, "wrong_key")
    assert client.post(f"/v1/requests/{answer['reference']}/photos", content=picture()).status_code == 403
    unknown = added(client, {**answer, "reference": "BXL-2026-99999"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "request_not_found")
    assert files(tmp_path) == []


def test_a_request_takes_five_photos(client: Client, tmp_path: Path) -> None:
    answer = made(client, {**LAMP, "photos": [uploaded(client)]})
    statuses = [added(client, answer).status_code for _ in range(5)]
    assert statuses == [201] * 4 + [409]
    assert len(files(tmp_path)) == 5


def test_nothing_is_added_to_what_is_over(client: Client, tmp_path: Path) -> None:
    erased, closed = made(client, LAMP), made(client, LAMP)
    path = f"/v1/requests/{erased['reference']}/personal-data"
    client.request("DELETE", path, headers={"Request-Key": erased["key"]})
    moved(client, closed["reference"], "done")
    for answer in (erased, closed):
        refused = added(client, answer)
        assert (refused.status_code, refused.json()["code"]) == (409, "not_changeable")
    assert files(tmp_path) == []


def test_photos_that_nobody_sends_are_deleted_after_a_day(
    app: FastAPI, client: Client, clock: SettableClock, tmp_path: Path
) -> None:
    orphan, sent = uploaded(client), uploaded(client)
    made(client, {**LAMP, "photos": [sent]})
    store = PhotoStore(tmp_path / "photos")
    for hours, left in ((23, 2), (25, 1)):
        with app.state.sessions() as session, session.begin():
            purge(session, store, NOW + timedelta(hours=hours), KEPT)
        assert len(files(tmp_path)) == left
    assert client.get(f"/v1/requests/photos/{orphan}").status_code == 404
    assert client.get(f"/v1/requests/photos/{sent}").status_code == 200
