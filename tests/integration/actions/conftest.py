"""The actions with the real façade behind them, in process, on the sample city and a clock that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from actions.city.client import HttpCity
from actions.registry import executor
from actions.services import Services
from kit.clock import FixedClock
from services.city.app import create_app
from services.city.core.settings import CitySettings
from services.importers.registry import IMPORTERS, SAMPLE, upgrade
from tests.integration.actions.talking import Talk
from tests.unit.actions.dispatch import Rasa

DATA = Path(__file__).parents[3] / "data" / "city"

#: A Tuesday morning, in the middle of the sample data's validity.
NOW = datetime.fromisoformat("2026-11-24T08:15:00+01:00")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the database of the sample city."""
    folder = tmp_path_factory.mktemp("sample")
    app = create_app(CitySettings(database_url=f"sqlite:///{folder / 'city.db'}"), FixedClock(NOW))
    upgrade(app.state.engine)
    for name, source in SAMPLE.items():
        IMPORTERS[name].run(app.state.engine, DATA / source, FixedClock(NOW))
    app.state.engine.dispose()
    return (folder / "city.db").read_bytes()


@pytest.fixture
def city(sample: bytes, tmp_path: Path) -> Iterator[FastAPI]:
    (tmp_path / "city.db").write_bytes(sample)
    settings = CitySettings(database_url=f"sqlite:///{tmp_path / 'city.db'}", photos_folder=tmp_path / "photos")
    app = create_app(settings, FixedClock(NOW))
    yield app
    app.state.engine.dispose()


class Line(httpx.AsyncBaseTransport):
    """The way to the façade, which can be cut: before a request arrives, or before its answer does."""

    def __init__(self, app: FastAPI) -> None:
        self._inner = httpx.ASGITransport(app=app)
        self.cut = ""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.cut == "before":
            raise httpx.ConnectError("no way", request=request)
        response = await self._inner.handle_async_request(request)
        if self.cut == "after":
            raise httpx.ReadTimeout("no answer", request=request)
        return response


@pytest.fixture
def line(city: FastAPI) -> Line:
    return Line(city)


@pytest_asyncio.fixture
async def http(line: Line) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=line, base_url="http://city") as made:
        yield made


@pytest.fixture
def talk(http: httpx.AsyncClient) -> Talk:
    return Talk(Rasa(executor(Services(city=HttpCity(http, budget_s=5.0), clock=FixedClock(NOW)))))
