"""A façade on its own database, at a fixed time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from kit.clock import FixedClock
from services.city.app import create_app
from services.city.core.settings import CitySettings

SAMPLE = Path(__file__).parents[3] / "data" / "city"

#: A Monday morning.
NOW = datetime.fromisoformat("2026-11-23T08:15:00+01:00")


class SettableClock:
    """A clock that a test moves."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return FixedClock(self.at).now()


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(NOW)


@pytest.fixture
def app(tmp_path: Path, clock: SettableClock) -> Iterator[FastAPI]:
    app = create_app(CitySettings(database_url=f"sqlite:///{tmp_path / 'city.db'}"), clock)
    yield app
    app.state.engine.dispose()


class Client:
    """Asks the app in process, a request at a time, without running a server."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def get(self, path: str, params: dict[str, Any] | None = None, **options: Any) -> httpx.Response:
        return self.request("GET", path, params=params, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        return self.request("POST", path, **options)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://city") as client:
                return await client.request(method, path, **options)

        return asyncio.run(ask())


@pytest.fixture
def client(app: FastAPI) -> Client:
    return Client(app)
