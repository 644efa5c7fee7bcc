"""What a resident reads while another part fails: an honest sentence with a phone number, never silence."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from tests.integration.gateway.rasa import SECRET, message
from tests.integration.gateway.serving import serving
from tests.integration.gateway.talking import Resident, texts

PHONE = "0800 13 680"


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
async def test_a_dialogue_engine_that_is_down(make_app, make_client, language):
    resident = await Resident.opening(make_client(make_app(rasa_url="http://127.0.0.1:9")), language)
    reply = await resident.say("bonjour")
    (answer,) = reply["messages"]
    assert reply["language"] == answer["language"] == language
    assert answer["author"] == "assistant"
    assert PHONE in answer["text"]
    assert "112" in answer["text"]


async def test_in_an_unknown_language_the_failure_is_told_in_both(make_app, make_client):
    resident = await Resident.opening(make_client(make_app(rasa_url="http://127.0.0.1:9")), None)
    reply = await resident.say("81")
    assert [m["language"] for m in reply["messages"]] == ["fr", "nl"]
    assert reply["language"] is None


async def test_a_dialogue_engine_that_takes_too_long_and_the_next_message_after_it(make_app, make_client, rasa):
    resident = await Resident.opening(make_client(make_app(rasa_timeout_s=0.2)))
    gate = rasa.hold("lent")
    assert PHONE in texts(await resident.say("lent"))[0]
    assert texts(await resident.say("vite")) == ["« vite »"]
    gate.set()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        pytest.param(200, b'{"messages": [], "language": "fr"}', id="silence"),
        pytest.param(200, b'{"messages": [{"text": "  "}]}', id="a message of nothing"),
        pytest.param(200, b'{"messages": [{"text": 5}]}', id="another shape"),
        pytest.param(200, b"<html>", id="no JSON"),
        pytest.param(500, b'{"error": "Traceback"}', id="an error"),
    ],
)
async def test_an_engine_that_fails_is_not_repeated_word_for_word(resident, rasa, status, body):
    rasa.status, rasa.body = status, body
    (answer,) = (await resident.say("bonjour"))["messages"]
    assert PHONE in answer["text"]
    assert "Traceback" not in answer["text"]


async def test_after_a_failure_the_same_can_be_asked_again_with_one_choice(resident, rasa):
    rasa.status = 500
    (answer,) = (await resident.say("/où ?"))["messages"]
    rasa.status = 200
    again = await resident.send(choice=answer["choices"][0]["id"])
    assert texts(again.json()) == ["« /où ? »"]
    assert [("text" in r, "payload" in r) for r in rasa.received] == [(True, False), (True, False)]


async def test_a_gateway_with_another_secret_is_not_heard(make_app, make_client, rasa):
    resident = await Resident.opening(make_client(make_app(channel_secret=SECRET + "x")))
    assert PHONE in texts(await resident.say("bonjour"))[0]
    assert rasa.received == []


def _city(near: dict[str, list[dict]]) -> FastAPI:
    city = FastAPI()

    @city.get("/v1/places/near")
    async def _near(lat: float, lon: float, kinds: str, limit: int) -> dict:
        assert (lat, lon) == (50.8, 4.35)
        return {"items": near.get(kinds, [])[:limit]}

    return city


SAINT_GILLES = {"id": "saint-gilles", "name": {"fr": "Saint-Gilles", "nl": "Sint-Gillis"}}


async def test_a_location_becomes_the_places_that_are_there(make_app, make_client, rasa):
    near = {
        "address": [{"id": "address:7:20", "distance_m": 12.0, "commune": SAINT_GILLES}],
        "stop": [{"id": "stop:barriere", "distance_m": 300.0, "commune": SAINT_GILLES}],
    }
    async with serving(_city(near)) as city_url:
        resident = await Resident.opening(make_client(make_app(city_url=city_url)))
        await resident.send(location={"lat": 50.8, "lon": 4.35})
    assert rasa.said == [
        '/inform{"address": "address:7:20", "stop": "stop:barriere", "commune": "commune:saint-gilles"}'
    ]
    assert "50.8" not in str((await resident.kept())["messages"])  # where someone was is not kept


@pytest.mark.parametrize(
    "near", [{}, {"address": [{"id": "address:7:20", "distance_m": 9000.0, "commune": SAINT_GILLES}]}]
)
async def test_a_location_far_from_all_that_is_known(make_app, make_client, rasa, near):
    async with serving(_city(near)) as city_url:
        resident = await Resident.opening(make_client(make_app(city_url=city_url)))
        answer = await resident.send(location={"lat": 50.8, "lon": 4.35})
    assert "rue" in texts(answer.json())[0]
    assert rasa.received == []


async def test_a_location_while_the_facade_is_down(resident, rasa):
    answer = await resident.send(location={"lat": 50.8, "lon": 4.35})
    assert PHONE in texts(answer.json())[0]
    assert rasa.received == []


async def test_an_operator_silences_the_assistant(app, resident, rasa):
    await _operator(app)
    assert await resident.say("il y a quelqu'un ?") == {"messages": [], "language": "fr", "state": "operator"}
    assert rasa.received == []
    assert (await resident.kept())["messages"][-1]["text"] == "il y a quelqu'un ?"


async def test_an_answer_that_comes_after_an_operator_took_over_is_dropped(app, resident, rasa):
    class TakingOver:
        async def answer(self, *_args):
            await _operator(app)
            return await engine.answer(*_args)

    engine = app.state.dialogue
    app.state.chat._answering._dialogue = TakingOver()
    rasa.answers["quand"] = {"messages": [message("Demain.")], "language": "fr"}
    assert await resident.say("quand") == {"messages": [], "language": "fr", "state": "operator"}


async def _operator(app: FastAPI) -> None:
    await app.state.database.write(
        lambda connection: connection.execute(text("UPDATE conversations SET state = 'operator'"))
    )


async def test_readiness_tells_which_part_is_missing(make_app, make_client, rasa_url):
    client = make_client(make_app())
    answer = await client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.json() == {"status": "degraded", "database": True, "dialogue": True, "city": False}
    without: httpx.Response = await make_client(make_app(rasa_url="http://127.0.0.1:9")).get("/health/ready")
    assert (without.status_code, without.json()["dialogue"]) == (503, False)
    assert (await client.get("/health/live")).status_code == 200
