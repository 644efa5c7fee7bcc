"""Photos in a conversation: taken, said, shown to their resident, sent with a request after the yes, and deleted."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from PIL import Image
from sqlalchemy import text

from services.gateway.core.errors import ChatError
from tests.integration.gateway.rasa import message
from tests.integration.gateway.serving import serving
from tests.integration.gateway.talking import Resident
from tests.pictures import noise, picture

REFERENCE = "BXL-2026-00123"
SECRET = b"Chaussee de Wavre 20"


#: 42 megapixels in a small file.
MANY_PIXELS = picture(size=(7000, 6000), form="PNG")
NO_BOUNDARY = {"content-type": "multipart/form-data"}


class FakeCity:
    """A façade that keeps the photos it is sent."""

    def __init__(self) -> None:
        self.photos: dict[str, bytes] = {}
        self.asked = 0
        self.status = 201
        self.app = FastAPI()
        self.app.add_api_route("/v1/requests/{reference}/photos", self.add, methods=["POST"])

    async def add(self, reference: str, request: Request) -> Response:
        self.asked += 1
        if self.status != 201:
            return Response(status_code=self.status)
        if (reference, request.headers.get("request-key")) != (REFERENCE, "key-one"):
            return Response(status_code=403)
        self.photos[request.headers["idempotency-key"]] = await request.body()
        return Response(status_code=201)


@pytest.fixture
def city() -> FakeCity:
    return FakeCity()


@pytest.fixture
async def app(make_app, city) -> AsyncIterator[FastAPI]:
    async with serving(city.app) as url:
        yield make_app(city_url=url, photo_bytes=200_000, photos_kept=3)


async def upload(resident: Resident, data: bytes | None = None, **options: Any) -> httpx.Response:
    files = {"photo": ("holiday.jpg", picture() if data is None else data, "image/jpeg")}
    return await resident.client.post(
        f"{resident.path}/photos", **{"files": files, "headers": resident.headers, **options}
    )


async def uploaded(resident: Resident, content: bytes | None = None) -> str:
    answer = await upload(resident, content)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def shown(resident: Resident, photo_id: str, **options: Any) -> httpx.Response:
    return await resident.client.get(f"{resident.path}/photos/{photo_id}", **{"headers": resident.headers, **options})


async def said(resident: Resident, photo_id: str) -> dict[str, Any]:
    answer = await resident.send(photo=photo_id)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def sent(app: FastAPI, resident: Resident, rasa: Any, *photo_ids: str) -> None:
    """Have the assistant make a request that these photos belong to."""
    tasks = [
        {"do": "remember_request", "reference": REFERENCE, "key": "key-one", "subject": "waste_illegal_dumping"},
        {"do": "attach_photos", "reference": REFERENCE, "key": "key-one", "photos": list(photo_ids)},
    ]
    rasa.answers["envoyer"] = {"messages": [message("Envoyé.", tasks=tasks)], "language": "fr"}
    await resident.say("envoyer")


async def rows(app: FastAPI) -> int:
    query = text("SELECT count(*) FROM photos")
    return await app.state.database.read(lambda connection: connection.execute(query).scalar_one())


async def test_a_photo_is_kept_small_upright_and_without_metadata(resident):
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = SECRET.decode(), 6
    answer = await upload(resident, picture(size=(4000, 1000), exif=exif))
    assert (answer.status_code, answer.json()["width"], answer.json()["height"]) == (201, 400, 1600)
    found = await shown(resident, answer.json()["id"])
    assert found.headers["content-type"] == "image/jpeg"
    assert found.headers["cache-control"] == "no-store"
    assert SECRET not in found.content
    assert Image.open(io.BytesIO(found.content)).size == (400, 1600)


async def test_a_photo_may_be_the_whole_body(resident):
    answer = await upload(resident, files=None, content=picture(form="PNG"))
    assert answer.status_code == 201


async def test_a_photo_is_said_as_words_and_a_card_and_told_to_the_engine_as_an_id(resident, rasa):
    photo_id = await uploaded(resident)
    await said(resident, photo_id)
    assert rasa.received[-1]["payload"] == f'/inform{{"photo": "{photo_id}"}}'
    own = (await resident.kept())["messages"][1]
    assert (own["author"], own["text"]) == ("resident", "Photo")
    assert own["cards"] == [{"type": "photo", "id": photo_id, "width": 60, "height": 40}]


@pytest.mark.parametrize(
    ("options", "status", "code"),
    [
        pytest.param({"files": {"photo": ("a.jpg", b"<html>", "image/jpeg")}}, 415, "not_a_photo", id="HTML"),
        pytest.param({"files": {"photo": ("a.jpg", b"", "image/jpeg")}}, 415, "not_a_photo", id="empty"),
        pytest.param({"files": {"photo": ("a", noise(90)[:3000])}}, 422, "photo_broken", id="cut off"),
        pytest.param({"files": {"photo": ("a", b"x" * 200_001)}}, 413, "photo_too_large", id="bytes"),
        pytest.param({"files": {"photo": ("a", b"x" * 900_000)}}, 413, "photo_too_large", id="far too many bytes"),
        pytest.param({"files": {"photo": ("a", MANY_PIXELS)}}, 413, "photo_too_large", id="pixels"),
        pytest.param({"files": {"other": ("a", picture())}}, 422, "invalid_form", id="another part"),
        pytest.param({"files": None, "content": b"x", "headers": NO_BOUNDARY}, 422, "invalid_form", id="no boundary"),
    ],
)  # fmt: skip
async def test_what_is_no_photo_is_refused_in_plain_words(app, resident, options, status, code):
    headers = {**resident.headers, **options.pop("headers", {})}
    answer = await upload(resident, headers=headers, **options)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers["content-language"] == "fr"
    assert await rows(app) == 0


async def test_a_body_without_a_length_is_cut_off(resident):
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 50_000

    answer = await upload(resident, files=None, content=endless())
    assert answer.status_code == 413


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer another"}])
async def test_nobody_else_adds_or_sees_a_photo(app, resident, headers):
    photo_id = await uploaded(resident)
    assert (await upload(resident, headers=headers)).status_code == 401
    assert (await shown(resident, photo_id, headers=headers)).status_code == 401
    assert await rows(app) == 1


async def test_a_photo_of_another_conversation_is_neither_shown_nor_said(client, resident):
    photo_id = await uploaded(resident)
    other = await Resident.opening(client)
    assert (await shown(other, photo_id)).status_code == 404
    assert (await other.send(photo=photo_id)).json()["code"] == "unknown_photo"


async def test_a_conversation_keeps_so_many_photos(app, resident):
    for colour in ("red", "green", "blue"):
        await uploaded(resident, picture(colour))
    answer = await upload(resident)
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_photos")
    assert await rows(app) == 3


async def test_photos_are_limited_by_time_too(make_app, make_client):
    app = make_app(photos_burst=2, photos_per_minute=1, rate_limit="all")
    resident = await Resident.opening(make_client(app))
    statuses = [(await upload(resident)).status_code for _ in range(3)]
    assert statuses == [201, 201, 429]


async def test_more_photos_at_once_than_there_are_places_are_told_to_wait(app, resident):
    photos = app.state.photos
    with photos.place(), photos.place(), photos.place(), photos.place():
        with photos.place(), photos.place(), photos.place(), photos.place():
            answer = await upload(resident)
            assert (answer.status_code, answer.json()["code"]) == (503, "too_many_photos_at_once")
            assert int(answer.headers["retry-after"]) >= 1
        assert (await upload(resident)).status_code == 201


async def test_channels_in_process_add_photos_too(app, resident):
    photo_id = await app.state.add_photo(resident.opened["id"], picture())
    await said(resident, photo_id)
    with pytest.raises(ChatError) as refused:
        await app.state.add_photo(resident.opened["id"], b"GIF89a")
    assert refused.value.code == "not_a_photo"
    with pytest.raises(ChatError):
        await app.state.add_photo("0" * 32, picture())


async def test_the_engine_is_told_of_photos_until_something_else_is_said(resident, rasa):
    first, second = await uploaded(resident), await uploaded(resident, picture("blue"))
    await said(resident, first)
    assert rasa.received[-1]["metadata"].get("kept") is None
    await said(resident, second)
    assert rasa.received[-1]["metadata"]["kept"] == {"photos": [first]}
    await resident.say("un dépôt clandestin")
    assert rasa.received[-1]["metadata"]["kept"] == {"photos": [first, second]}
    await resident.say("rue Haute")
    assert rasa.received[-1]["metadata"].get("kept") is None


async def test_nothing_is_sent_before_the_yes_and_after_it_each_photo_once(app, resident, rasa, city):
    first, second = await uploaded(resident), await uploaded(resident, picture("blue"))
    await said(resident, first)
    await said(resident, second)
    assert await app.state.sending.send() == 0
    assert city.asked == 0
    await sent(app, resident, rasa, first, second)
    assert app.state.chat.to_send.is_set()
    assert await app.state.sending.send() == 2
    assert list(city.photos) == [f"photo-{first}", f"photo-{second}"]
    assert city.photos[f"photo-{first}"] == (await shown(resident, first)).content
    assert await app.state.sending.send() == 0
    assert [photo["reference"] for photo in (await resident.kept())["photos"]] == [REFERENCE, REFERENCE]


async def test_a_photo_waits_for_a_city_that_is_down(app, resident, rasa, city):
    photo_id = await uploaded(resident)
    await sent(app, resident, rasa, photo_id)
    city.status = 503
    assert await app.state.sending.send() == 0
    city.status = 201
    assert await app.state.sending.send() == 1


async def test_a_photo_that_is_refused_for_good_is_not_tried_again(app, resident, rasa, city):
    await sent(app, resident, rasa, await uploaded(resident))
    city.status = 409
    assert await app.state.sending.send() == 0
    assert await app.state.sending.send() == 0
    assert city.asked == 1


async def test_a_photo_of_another_conversation_is_never_sent(app, client, resident, rasa, city):
    other = await Resident.opening(client)
    photo_id = await uploaded(other)
    await sent(app, resident, rasa, photo_id)
    assert await app.state.sending.send() == 0
    assert city.asked == 0


async def test_photos_are_deleted_with_the_conversation_and_leave_no_trace(app, resident, rasa, tmp_path):
    photo_id = await uploaded(resident, noise(300))
    await said(resident, photo_id)
    content = (await shown(resident, photo_id)).content
    assert in_files(tmp_path, content[-400:-200])
    rasa.answers["oui"] = {"messages": [message("…", tasks=[{"do": "erase"}])], "language": "fr"}
    receipt = (await resident.say("oui"))["messages"][0]["text"]
    assert "Photos : 1" in receipt
    assert await rows(app) == 0
    assert not in_files(tmp_path, content[-400:-200])


def in_files(folder, words: bytes) -> bool:
    return any(words in path.read_bytes() for path in folder.glob("conversations.db*"))


async def test_photos_have_a_retention_of_their_own(app, resident, rasa, clock, city):
    sent_one, waiting = await uploaded(resident), await uploaded(resident, picture("blue"))
    await said(resident, sent_one)
    city.status = 503
    await sent(app, resident, rasa, waiting)
    clock.forward(hours=47)
    await app.state.keeping.purge()
    assert await rows(app) == 2
    clock.forward(hours=2)
    await app.state.keeping.purge()
    assert [photo["id"] for photo in (await resident.kept())["photos"]] == [waiting]
    assert (await shown(resident, sent_one)).json()["code"] == "unknown_photo"


async def test_the_readable_copy_lists_photos(app, resident, rasa):
    await said(resident, await uploaded(resident))
    copy = await resident.client.get(f"{resident.path}/export", params={"format": "text"}, headers=resident.headers)
    assert "Vos photos :\n– 24/11/2026 à 08:15, 60 × 40\n" in copy.text


async def test_many_photos_at_once_hold_up_no_message(app, client, resident):
    large = picture(size=(5000, 5000), form="PNG")
    others = [await Resident.opening(client) for _ in range(4)]
    uploads = [asyncio.create_task(upload(other, large)) for other in others]
    await resident.say("bonjour")
    answers = await asyncio.gather(*uploads)
    assert [answer.status_code for answer in answers] == [201] * 4


async def test_an_archive_holds_the_copy_and_the_photos(app, resident):
    photo_id = await uploaded(resident)
    await said(resident, photo_id)
    copy = await resident.client.get(f"{resident.path}/export", params={"format": "zip"}, headers=resident.headers)
    assert copy.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(copy.content)) as archive:
        name = "brussels-assistant-2026-11-24"
        assert archive.namelist() == [f"{name}.txt", f"{name}.json", f"photos/{photo_id}.jpg"]
        assert archive.read(f"photos/{photo_id}.jpg") == (await shown(resident, photo_id)).content
        assert json.loads(archive.read(f"{name}.json")) == await resident.kept()
