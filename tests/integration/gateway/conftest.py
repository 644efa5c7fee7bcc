"""A gateway on its own database, with a Rasa server of tests behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from kit.clock import FixedClock
from services.gateway.app import create_app
from services.gateway.settings import GatewaySettings
from tests.integration.gateway.rasa import SECRET, FakeRasa
from tests.integration.gateway.serving import serving
from tests.integration.gateway.talking import Resident

#: A Tuesday morning.
NOW = datetime.fromisoformat("2026-11-24T08:15:00+01:00")


class SettableClock:
    """A clock that a test moves."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return FixedClock(self.at).now()

    def forward(self, **time: float) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(NOW)


@pytest.fixture
async def rasa() -> FakeRasa:
    return FakeRasa()


@pytest.fixture
async def rasa_url(rasa: FakeRasa) -> AsyncIterator[str]:
    async with serving(rasa.app) as url:
        yield url


Make = Callable[..., FastAPI]


@pytest.fixture
async def make_app(tmp_path: Path, clock: SettableClock, rasa_url: str) -> AsyncIterator[Make]:
    """Give a maker of gateways; all of one test share a database."""
    async with AsyncExitStack() as stack:

        def make(**settings: Any) -> FastAPI:
            given = {
                "database_url": f"sqlite:///{tmp_path / 'conversations.db'}",
                "channel_secret": SECRET,
                "rasa_url": rasa_url,
                "city_url": "http://127.0.0.1:9",
                # Long enough for a machine that is busy with other tests.
                "city_timeout_s": 30,
                "stream_poll_s": 0.05,
                **settings,
            }
            app = create_app(GatewaySettings(**given), clock)
            stack.push_async_callback(app.state.close)
            return app

        yield make


@pytest.fixture
async def app(make_app: Make) -> FastAPI:
    return make_app()


@pytest.fixture
async def make_client() -> AsyncIterator[Callable[..., httpx.AsyncClient]]:
    """Give a maker of clients, in process; an address other than this machine's is a caller from outside."""
    async with AsyncExitStack() as stack:

        def make(app: FastAPI, address: str = "127.0.0.1") -> httpx.AsyncClient:
            transport = httpx.ASGITransport(app=app, client=(address, 4711))
            client = httpx.AsyncClient(transport=transport, base_url="http://gateway")
            stack.push_async_callback(client.aclose)
            return client

        yield make


@pytest.fixture
async def client(app: FastAPI, make_client: Callable[..., httpx.AsyncClient]) -> httpx.AsyncClient:
    return make_client(app)


@pytest.fixture
async def resident(client: httpx.AsyncClient) -> Resident:
    return await Resident.opening(client)
