"""The Rasa server changes while residents write: each message is answered once, in order, by the one that is live."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.integration.gateway.rasa import FakeRasa
from tests.integration.gateway.serving import serving
from tests.integration.gateway.talking import Resident, texts

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
async def next_rasa() -> FakeRasa:
    return FakeRasa()


@pytest.fixture
async def next_url(next_rasa: FakeRasa) -> AsyncIterator[str]:
    async with serving(next_rasa.app) as url:
        yield url


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "standing.json"


def point(file: Path, url: str) -> None:
    partial = file.with_name("partial")
    partial.write_text(json.dumps({"trail": ["a"], "url": url}))
    partial.replace(file)


@pytest.fixture
async def resident(make_app, make_client, file) -> Resident:
    return await Resident.opening(make_client(make_app(rasa_file=file)))


async def test_without_a_file_the_address_of_the_settings_holds(resident, rasa) -> None:
    assert texts(await resident.say("bonjour"))[-1] == "« bonjour »"
    assert rasa.said == ["bonjour"]


async def test_the_next_message_goes_where_the_file_says(resident, rasa, next_rasa, next_url, file) -> None:
    await resident.say("un")
    point(file, next_url)
    await resident.say("deux")
    assert (rasa.said, next_rasa.said) == (["un"], ["deux"])


async def test_what_was_under_way_is_answered_before_the_next_goes_to_the_next_server(
    resident, rasa, next_rasa, next_url, file
) -> None:
    gate = rasa.hold("un")
    first = asyncio.create_task(resident.say("un"))
    await rasa.until_received(1)
    point(file, next_url)
    second = asyncio.create_task(resident.say("deux"))
    await asyncio.sleep(0)
    assert next_rasa.said == []
    gate.set()
    assert [texts(await each)[-1] for each in (first, second)] == ["« un »", "« deux »"]
    assert (rasa.said, next_rasa.said) == (["un"], ["deux"])


async def test_a_message_that_the_server_does_not_take_any_more_goes_to_the_next_one(
    resident, rasa, next_rasa, next_url, file
) -> None:
    rasa.status = 409
    saying = asyncio.create_task(resident.say("un"))
    await rasa.until_received(2)  # it is asked again as long as nothing else is known
    point(file, next_url)
    assert texts(await saying)[-1] == "« un »"
    assert next_rasa.said == ["un"]


async def test_a_server_that_has_ended_is_not_asked_again(resident, next_rasa, next_url, file) -> None:
    point(file, NOWHERE)
    assert "« un »" not in texts(await resident.say("un"))[1:]
    point(file, next_url)
    assert texts(await resident.say("deux"))[-1] == "« deux »"


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"url": null}', '{"url": 1}', "\x00"])
async def test_a_file_that_says_nothing_changes_nothing(resident, rasa, file, content) -> None:
    file.write_text(content)
    assert texts(await resident.say("un"))[-1] == "« un »"
    assert rasa.said == ["un"]


async def test_a_file_that_goes_away_changes_nothing(resident, next_rasa, next_url, file) -> None:
    point(file, next_url)
    await resident.say("un")
    file.unlink()
    await resident.say("deux")
    assert next_rasa.said == ["un", "deux"]


async def test_readiness_is_that_of_the_server_that_is_live(make_app, make_client, file, next_url) -> None:
    client: httpx.AsyncClient = make_client(make_app(rasa_url=NOWHERE, rasa_file=file))
    assert (await client.get("/health/ready")).json()["dialogue"] is False
    point(file, next_url)
    assert (await client.get("/health/ready")).json()["dialogue"] is True
