"""The same on PostgreSQL, with two gateways on one database."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from tests import postgres
from tests.handover.in_memory import InMemoryHandOver
from tests.integration.desk.people import HERE, PASSWORD, add_account
from tests.integration.gateway.talking import Resident


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture
async def apps(server, make_app):
    url = postgres.new_database(server, "desk")
    apps = [make_app({"free_failures": 3}, database_url=url) for _ in range(2)]
    await add_account(apps[0], "nadia")
    return apps


async def test_who_signs_in_at_one_is_signed_in_at_the_other(apps, browse):
    nadia, other = (browse(app) for app in apps)
    await nadia.sign_in("nadia")
    other.client.cookies.update(nadia.client.cookies)
    assert (await other.open("/account")).url.path == "/desk/account"
    await nadia.open("/account")
    await nadia.send("/sign-out")
    assert (await other.open("/account")).url.path == "/desk/sign-in"


async def test_many_tries_at_once_at_both_are_counted_each(apps, browse):
    browsers = [browse(app) for app in apps * 4]
    wrong = "wrong wrong wrong"
    answers = await asyncio.gather(*(each.type_password("nadia", wrong) for each in browsers))
    assert sorted(answer.status_code for answer in answers) == [401] * 3 + [429] * 5


async def test_the_same_code_at_the_same_instant_opens_one_session(apps, browse):
    nadia = browse(apps[0])
    await nadia.sign_in("nadia")
    nadia.clock.forward(seconds=30)
    others = [browse(app) for app in apps]
    for each in others:
        await each.type_password("nadia", PASSWORD)
    answers = await asyncio.gather(*(each.send("/code", code=nadia.code()) for each in others))
    assert sorted(answer.status_code for answer in answers) == [200, 401]


async def test_what_was_read_is_marked_for_both_and_an_erased_conversation_takes_its_mark_along(*, apps, browse, clock):
    hand = InMemoryHandOver(apps[0], clock)
    for app in apps:
        app.state.handover = hand
    nadia = browse(apps[0])
    await nadia.sign_in("nadia")
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=apps[0]), base_url=HERE)
    resident = await Resident.opening(client, "nl")
    conversation_id = resident.opened["id"]
    await hand.ask(conversation_id)
    await nadia.open("/inbox")
    await nadia.send(f"/chats/{conversation_id}/take")
    await resident.say("Bent u daar?")
    assert 'class="mark"' in (await nadia.open("/lists")).text
    for seq in (9, 3):
        await nadia.open(f"/chats/{conversation_id}")
        assert (await nadia.send(f"/chats/{conversation_id}/seen", seq=seq)).status_code == 204
    assert 'class="mark"' not in (await nadia.open("/lists")).text
    assert (await resident.client.delete(resident.path, headers=resident.headers)).status_code == 204
    desk = apps[1].state.desk.desk
    account = await apps[1].state.database.read(lambda connection: desk.accounts.by_login(connection, "nadia"))

    def look(connection):
        desk.read_marks.note(connection, account.id, conversation_id, 10)
        return desk.read_marks.of(connection, account.id)

    assert await apps[1].state.database.write(look) == {}
    await client.aclose()
