"""The gateway with Telegram beside it: a Bot API server of tests, a Rasa server of tests, real HTTP between them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.fernet import Fernet
from fastapi import FastAPI

from services.gateway.app import create_app
from services.gateway.settings import GatewaySettings
from services.telegram.channel import PATH
from services.telegram.receiving import HEADER
from services.telegram.settings import TelegramSettings
from tests.botapi.people import Person
from tests.botapi.server import TOKEN, TelegramServer
from tests.integration.gateway.conftest import NOW, SettableClock
from tests.integration.gateway.rasa import SECRET, FakeRasa
from tests.integration.gateway.serving import serving

WEBHOOK_SECRET = "secret-of-the-webhook"
KEY = Fernet.generate_key().decode()


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(NOW)


@pytest.fixture
async def rasa() -> FakeRasa:
    return FakeRasa()


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    server = TelegramServer()
    async with serving(server.app) as url:
        server.url = url
        yield server


@pytest.fixture
def person() -> Person:
    return Person()


Make = Callable[..., Awaitable[FastAPI]]


@pytest.fixture
async def make(tmp_path: Path, clock, rasa, telegram) -> AsyncIterator[Make]:
    """Give a maker of gateways with Telegram; all of one test share a database."""
    async with AsyncExitStack() as stack:
        rasa_url = await stack.enter_async_context(serving(rasa.app))

        async def make(*, start: bool = True, gateway: dict[str, Any] | None = None, **settings: Any) -> FastAPI:
            given = {
                "database_url": f"sqlite:///{tmp_path / 'conversations.db'}",
                "channel_secret": SECRET,
                "rasa_url": rasa_url,
                "city_url": "http://127.0.0.1:9",
                **(gateway or {}),
            }
            told = {
                "mode": "webhook",
                "token": TOKEN,
                "api_url": telegram.url,
                "public_url": "https://assistant.example.brussels",
                "webhook_secret": WEBHOOK_SECRET,
                "id_secret": "an id secret of tests",
                "keys": KEY,
                "chat_burst": 20,
                "retry_s": 0.02,
                "order_wait_s": 0.2,
                "poll_s": 1,
                **settings,
            }
            app = create_app(GatewaySettings(**given), clock, TelegramSettings(**told))
            stack.push_async_callback(app.state.close)
            stack.push_async_callback(app.state.telegram.stop)
            if start:
                app.state.telegram.start()
                await telegram.until(lambda: len(telegram.of("setMyCommands")) >= 4)
            return app

        yield make


@pytest.fixture
async def app(make) -> FastAPI:
    return await make()


class Door:
    """The webhook, as Telegram uses it."""

    def __init__(self, app: FastAPI, client: httpx.AsyncClient) -> None:
        self.app = app
        self.client = client

    async def post(self, content: Any, secret: str = WEBHOOK_SECRET) -> httpx.Response:
        """Post something."""
        return await self.client.post(PATH, json=content, headers={HEADER: secret})

    async def comes(self, *updates: dict[str, Any]) -> None:
        """Post updates in this order and wait until all of them are answered."""
        for each in updates:
            assert (await self.post(each)).status_code == 200
        await self.app.state.telegram.working.idle()


@pytest.fixture
async def open_door() -> AsyncIterator[Callable[[FastAPI], Door]]:
    async with AsyncExitStack() as stack:

        def door(app: FastAPI) -> Door:
            client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://gateway")
            stack.push_async_callback(client.aclose)
            return Door(app, client)

        yield door


@pytest.fixture
async def door(app, open_door) -> Door:
    return open_door(app)
