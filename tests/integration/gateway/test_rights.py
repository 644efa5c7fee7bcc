"""The resident's rights in the chat: everything erased everywhere with a receipt, and a copy of what is kept."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI, Request, Response
from sqlalchemy import text

from tests.integration.gateway.rasa import message
from tests.integration.gateway.serving import serving
from tests.integration.gateway.talking import Resident

FIRST, SECOND = "BXL-2026-00123", "BXL-2026-00124"


class FakeCity:
    """A façade with two requests, that keeps who was erased from them."""

    def __init__(self) -> None:
        self.keys = {FIRST: "key-one", SECOND: "key-two"}
        self.erased: list[str] = []
        self.status = 204
        self.app = FastAPI()
        self.app.add_api_route("/v1/permits/appointments/{reference}", self.cancel, methods=["DELETE"])
        self.app.add_api_route("/v1/requests/{reference}/personal-data", self.erase, methods=["DELETE"])

    async def cancel(self, reference: str, request: Request) -> Response:
        if request.headers.get("appointment-key") != "key-three":
            return Response(status_code=403)
        self.erased.append(reference)
        return Response(status_code=204)

    async def erase(self, reference: str, request: Request) -> Response:
        if self.status != 204:
            return Response(status_code=self.status)
        if reference not in self.keys:
            return Response(status_code=404)
        if request.headers.get("request-key") != self.keys[reference]:
            return Response(status_code=403)
        self.erased.append(reference)
        return Response(status_code=204)


@pytest.fixture
def city() -> FakeCity:
    return FakeCity()


@pytest.fixture
async def app(make_app, city) -> AsyncIterator[FastAPI]:
    async with serving(city.app) as url:
        yield make_app(city_url=url)


def sent(reference: str, key: str | None) -> dict[str, Any]:
    """Return what the assistant answers when a request was sent."""
    task = {"do": "remember_request", "reference": reference, "key": key, "subject": "waste_illegal_dumping"}
    return {"messages": [message(f"Envoyé : {reference}.", tasks=[task])], "language": "fr"}


@pytest.fixture
async def asker(resident: Resident, rasa) -> Resident:
    """Give a resident who has sent two requests, and whose "oui" erases everything."""
    rasa.answers["un"] = sent(FIRST, "key-one")
    rasa.answers["deux"] = sent(SECOND, "key-two")
    rasa.answers["oui"] = {"messages": [message("J'efface tout.", tasks=[{"do": "erase"}])], "language": "fr"}
    await resident.say("un")
    await resident.say("deux")
    return resident


async def _rows(app: FastAPI, table: str) -> int:
    query = text(f"SELECT count(*) FROM {table}")  # noqa: S608
    count: int = await app.state.database.read(lambda connection: connection.execute(query).scalar_one())
    return count


async def test_the_assistant_is_told_of_the_requests_and_never_of_their_keys(asker, rasa):
    await asker.say("et maintenant ?")
    assert rasa.received[0]["metadata"].get("kept") is None
    assert rasa.received[-1]["metadata"]["kept"] == {"requests": [FIRST, SECOND]}
    assert "key-one" not in json.dumps(rasa.received)


async def test_everything_is_erased_everywhere_and_the_receipt_says_what(app, asker, rasa, city, tmp_path):
    reply = await asker.say("oui")
    (receipt,) = reply["messages"]
    assert reply["state"] == "closed"
    assert receipt["at"] == "2026-11-24T08:15:00+01:00"
    for part in ("24/11/2026 à 08:15", "Messages de cette conversation : 5", f"{FIRST}, {SECOND}"):
        assert part in receipt["text"]
    assert receipt["cards"][0]["type"] == "receipt"
    assert city.erased == [FIRST, SECOND]
    assert rasa.received[-1]["payload"] == "/session_start"
    for table in ("conversations", "turns", "messages", "choices", "requests", "erasures"):
        assert await _rows(app, table) == 0
    for words in ("key-one", FIRST, asker.opened["id"]):
        assert not any(words.encode() in path.read_bytes() for path in tmp_path.glob("conversations.db*"))
    assert (await asker.send(text="encore là ?")).status_code == 404


async def test_a_receipt_that_was_lost_on_the_way_is_given_again(asker, city):
    first = await asker.say("oui", client_id="last")
    assert await asker.say("oui", client_id="last") == first
    assert city.erased == [FIRST, SECOND]
    asker.headers = {"Authorization": "Bearer another"}
    assert (await asker.send(text="oui", client_id="last")).status_code == 404


async def test_what_the_city_cannot_erase_now_is_erased_later(app, asker, city, tmp_path):
    city.status = 503
    text_of_receipt = (await asker.say("oui"))["messages"][0]["text"]
    assert "Pas encore dans les demandes BXL-2026-00123, BXL-2026-00124" in text_of_receipt
    assert (await _rows(app, "conversations"), await _rows(app, "erasures")) == (0, 2)
    assert await app.state.erasing.retry() == 0
    city.status = 204
    assert await app.state.erasing.retry() == 2
    assert city.erased == [FIRST, SECOND]
    assert await _rows(app, "erasures") == 0
    assert not any(b"key-one" in path.read_bytes() for path in tmp_path.glob("conversations.db*"))


async def test_a_request_that_is_gone_already_does_not_hold_the_others_up(app, asker, city):
    city.keys = {FIRST: "another key", SECOND: "key-two"}
    await asker.say("oui")
    assert city.erased == [SECOND]
    assert await _rows(app, "erasures") == 0


async def test_an_appointment_is_cancelled_and_forgotten_too(asker, rasa, city):
    task = {"do": "remember_request", "reference": "RDV-1", "key": "key-three", "subject": "permit_appointment"}
    rasa.answers["trois"] = {"messages": [message("Réservé.", tasks=[task])], "language": "fr"}
    await asker.say("trois")
    await asker.say("oui")
    assert set(city.erased) == {FIRST, SECOND, "RDV-1"}


async def test_deleting_at_the_page_erases_the_requests_too(asker, city):
    answer = await asker.client.delete(asker.path, headers=asker.headers)
    assert answer.status_code == 204
    assert city.erased == [FIRST, SECOND]


async def test_a_conversation_whose_time_is_over_leaves_the_requests_to_the_city(app, asker, city, clock):
    clock.forward(hours=169)
    assert await app.state.keeping.purge() == 1
    assert (city.erased, await _rows(app, "requests")) == ([], 0)


async def test_a_message_behind_the_erasure_finds_nothing(asker, rasa):
    gate = rasa.hold("oui")
    erasing = asyncio.create_task(asker.send(text="oui"))
    await rasa.until_received(3)
    late = asyncio.create_task(asker.send(text="attendez"))
    gate.set()
    assert [answer.status_code for answer in await asyncio.gather(erasing, late)] == [200, 404]


async def test_the_receipt_is_in_both_languages_while_the_resident_s_is_not_known(client, rasa):
    unknown = await Resident.opening(client, None)
    rasa.answers["ok"] = {"messages": [message("…", None, tasks=[{"do": "erase"}])], "language": None}
    reply = await unknown.say("ok")
    assert [each["language"] for each in reply["messages"]] == ["fr", "nl"]


async def test_a_request_without_a_key_is_remembered_and_needs_no_erasing(app, resident, rasa, city):
    rasa.answers["un"] = sent(FIRST, None)
    rasa.answers["oui"] = {"messages": [message("J'efface tout.", tasks=[{"do": "erase"}])], "language": "fr"}
    await resident.say("un")
    assert [each["reference"] for each in (await resident.kept())["requests"]] == [FIRST]
    assert "demandes" not in (await resident.say("oui"))["messages"][0]["text"]
    assert (city.erased, await _rows(app, "erasures")) == ([], 0)


@pytest.mark.parametrize("task", [{"do": "burn"}, {"do": "remember_request", "reference": "x" * 61, "subject": "s"}])
async def test_a_task_that_is_none_is_met_with_an_honest_sentence(resident, rasa, task):
    rasa.answers["un"] = {"messages": [message("…", tasks=[task])], "language": "fr"}
    reply = await resident.say("un")
    assert "quelque chose n'a pas marché" in reply["messages"][0]["text"]


@pytest.mark.parametrize(
    ("form", "ending", "kind"), [("json", "json", "application/json"), ("text", "txt", "text/plain")]
)
async def test_a_copy_holds_everything(asker, form, ending, kind):
    answer = await asker.client.get(f"{asker.path}/export", params={"format": form}, headers=asker.headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    disposition = f'attachment; filename="brussels-assistant-2026-11-24.{ending}"'
    assert answer.headers["content-disposition"] == disposition
    assert answer.headers["cache-control"] == "no-store"
    kept = await asker.kept()
    for each in kept["messages"]:
        assert each["text"].splitlines()[0] in answer.text
    for reference in (FIRST, SECOND):
        assert reference in answer.text
    assert "key-one" not in answer.text
    assert asker.opened["token"] not in answer.text
    if form == "json":
        assert answer.json() == kept


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Uw aanvragen bij de stad"), ("en", "Your requests to the city")]
)
async def test_the_readable_copy_is_in_the_conversation_s_language(asker, language, words):
    await asker.client.patch(asker.path, json={"language": language}, headers=asker.headers)
    answer = await asker.client.get(f"{asker.path}/export", params={"format": "text"}, headers=asker.headers)
    assert words in answer.text


async def test_a_copy_is_given_to_nobody_else(asker):
    assert (await asker.client.get(f"{asker.path}/export")).status_code == 401
    other = {"Authorization": "Bearer another"}
    assert (await asker.client.get(f"{asker.path}/export", headers=other)).status_code == 401
    in_address = {"token": asker.opened["token"]}
    assert (await asker.client.get(f"{asker.path}/export", params=in_address)).status_code == 401
    wrong = await asker.client.get(f"{asker.path}/export", params={"format": "pdf"}, headers=asker.headers)
    assert wrong.status_code == 422
