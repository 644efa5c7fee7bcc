"""Being at the desk: as long as a page is open, however much happens on it."""

from __future__ import annotations

import asyncio

import httpx

from services.gateway.conversations import presences
from tests.integration.desk.people import Operator, add_account
from tests.integration.gateway.serving import serving

NEWS = {"kind": "desk", "event": "queue", "conversation": None}


async def test_who_is_there_stays_there_while_something_is_new_all_the_time(make_app, clock):
    app = make_app({"second_factor": "off", "presence_s": 0.2})
    nadia = await add_account(app, "nadia")

    async def seen_at():
        return (await app.state.database.read(lambda connection: presences.find(connection, nadia))).seen_at

    async with serving(app) as url:
        operator = Operator(app, clock)
        operator.client = httpx.AsyncClient(base_url=url, follow_redirects=True, trust_env=False, timeout=20)
        async with operator.client:
            await operator.type_password("nadia")
            async with operator.client.stream("GET", "/desk/events") as answer, asyncio.timeout(15):
                lines = answer.aiter_lines()
                await anext(lines)
                clock.forward(minutes=5)
                while await seen_at() != clock.now():
                    app.state.live.tell(NEWS)
                    await anext(lines)


async def test_who_opens_a_page_is_there_also_without_a_script(app, nadia, resident, clock):
    await nadia.open("/inbox")
    await resident.say("un agent")
    chat_id = resident.opened["id"]
    await nadia.send(f"/chats/{chat_id}/take")
    clock.forward(seconds=50)
    await nadia.open(f"/chats/{chat_id}")
    clock.forward(seconds=50)
    await app.state.sweeping.sweep()
    assert (await resident.kept())["state"] == "operator"
    clock.forward(seconds=20)
    await app.state.sweeping.sweep()
    assert (await resident.kept())["state"] == "waiting"
