"""The webhook as it runs in production: a gateway under uvicorn, Telegram's server posting to it over HTTP."""

from __future__ import annotations

import asyncio
import socket

import httpx
import pytest

from services.telegram.channel import PATH
from services.telegram.receiving import HEADER
from tests.botapi.people import Person
from tests.integration.gateway.serving import serving
from tests.integration.telegram.conftest import WEBHOOK_SECRET

SECRET = {HEADER: WEBHOOK_SECRET}


@pytest.fixture
async def gateway(make, telegram):
    """Serve a gateway with its lifespan; give its app and address."""
    app = await make(start=False)
    async with serving(app, lifespan="on") as url:
        await telegram.until(lambda: telegram.webhook)
        yield app, url


async def test_what_telegram_posts_is_answered_through_its_server(gateway, telegram, person):
    _, url = gateway
    assert await telegram.deliver(url + PATH, person.says("et le sac jaune ?")) == [200]
    await telegram.until(lambda: telegram.said)
    assert telegram.said == ["« et le sac jaune ? »"]
    assert telegram.webhook["secret_token"] == WEBHOOK_SECRET


async def test_what_comes_while_the_gateway_is_down_is_answered_when_it_is_back(make, telegram, person):
    first = await make()  # tells Telegram of the webhook
    await first.state.telegram.stop()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    delivering = asyncio.create_task(
        telegram.deliver(f"http://127.0.0.1:{port}{PATH}", person.says("bonjour"), tries=400)
    )
    second = await make(start=False)
    async with serving(second, lifespan="on", port=port):
        answers = await delivering
        await telegram.until(lambda: telegram.said)
    assert answers[-1] == 200
    assert set(answers[:-1]) <= {0}
    assert telegram.said == ["« bonjour »"]


async def test_the_same_update_over_several_connections_at_once_is_answered_once(gateway, telegram, rasa):
    app, url = gateway
    said = [Person(number).says(f"question {number}") for number in range(1, 6)]
    answers = await asyncio.gather(*(telegram.deliver(url + PATH, each) for each in said for _ in range(4)))
    assert answers == [[200]] * 20
    await telegram.until(lambda: len(telegram.said) == 5)
    await app.state.telegram.working.idle()
    assert sorted(telegram.said) == [f"« question {number} »" for number in range(1, 6)]
    assert len(rasa.received) == 5


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (("POST", {HEADER: "wrong"}, b'{"update_id": 1}'), 403),
        (("POST", {}, b'{"update_id": 1}'), 403),
        (("POST", SECRET, b'{"update_id": 1'), 400),
        (("POST", SECRET, b"\xff\xfe"), 400),
        (("POST", SECRET, b'{"update_id": 1, "x": "' + b"x" * 2_000_000 + b'"}'), 413),
        (("GET", SECRET, b""), 404),
        (("PUT", SECRET, b'{"update_id": 1}'), 405),
    ],
    ids=["wrong secret", "no secret", "cut JSON", "no text", "too large", "GET", "PUT"],
)
async def test_nobody_else_comes_in(gateway, telegram, rasa, asked, status):
    method, headers, content = asked
    _, url = gateway
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.request(method, url + PATH, headers=headers, content=content)
    assert answer.status_code == status
    assert telegram.said == []
    assert rasa.received == []
