"""Two gateways on one database: a chat's updates are answered once and in order, whichever of them took them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests import postgres
from tests.botapi.people import Person


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    with postgres.server() as url:
        yield url


async def test_two_gateways_answer_a_chat_once_and_in_order(make, open_door, telegram, rasa, server_url):
    given = {"database_url": postgres.new_database(server_url, "telegram")}
    apps = [await make(gateway=given), await make(gateway=given)]
    doors = [open_door(app) for app in apps]
    people = [Person(each) for each in (1, 2, 3)]
    said = [(person, f"{person.chat_id} {number}") for number in range(4) for person in people]
    updates = [person.says(text) for person, text in said]
    for number, each in enumerate(updates):  # each comes to both, at once
        answers = await asyncio.gather(*(door.post(each) for door in doors))
        assert [answer.status_code for answer in answers] == [200, 200], number
    for app in apps:
        await app.state.telegram.working.idle()
    for person in people:
        own = [text for one, text in said if one is person]
        assert [each for each in rasa.said if each in own] == own
        answered = [call.data["text"] for call in telegram.of("sendMessage") if call.data["chat_id"] == person.chat_id]
        assert answered == [f"« {text} »" for text in own]
