"""The gateway with the desk, in process, and operators with a browser of tests each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.desk.settings import DeskSettings
from services.gateway.app import create_app
from services.gateway.settings import GatewaySettings
from tests.integration.desk.asking import asking
from tests.integration.desk.people import HERE, Operator, add_account
from tests.integration.gateway.conftest import NOW, SettableClock
from tests.integration.gateway.rasa import SECRET, FakeRasa
from tests.integration.gateway.serving import serving
from tests.integration.gateway.talking import Resident

Make = Callable[..., FastAPI]


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(NOW)


@pytest.fixture
async def rasa() -> FakeRasa:
    return FakeRasa()


@pytest.fixture
async def make_app(tmp_path: Path, clock: SettableClock, rasa: FakeRasa) -> AsyncIterator[Make]:
    """Give a maker of gateways; all of one test share a database. ``desk``: the desk's settings."""
    async with AsyncExitStack() as stack:
        rasa_url = await stack.enter_async_context(serving(rasa.app))

        def make(desk: dict[str, Any] | None = None, **settings: Any) -> FastAPI:
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
            desk_settings = DeskSettings(**{"tries_per_minute": 6000, "tries_burst": 1000, **(desk or {})})
            app = create_app(GatewaySettings(**given), clock, desk=desk_settings)
            stack.push_async_callback(app.state.close)
            return app

        yield make


@pytest.fixture
async def app(make_app: Make) -> FastAPI:
    return make_app()


@pytest.fixture
async def browse(clock: SettableClock) -> AsyncIterator[Callable[..., Operator]]:
    """Give a maker of browsers at a gateway's desk."""
    async with AsyncExitStack() as stack:

        def make(app: FastAPI, **options: Any) -> Operator:
            operator = Operator(app, clock, **options)
            stack.push_async_callback(operator.client.aclose)
            return operator

        yield make


@pytest.fixture
async def resident(app: FastAPI, rasa: FakeRasa) -> AsyncIterator[Resident]:
    """A resident who writes French; "un agent" asks for a person."""
    rasa.answers["un agent"] = asking()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=HERE) as client:
        yield await Resident.opening(client, "fr")


@pytest.fixture
async def visitor(app: FastAPI, browse: Callable[..., Operator]) -> Operator:
    """A browser that nobody has signed in with; there is an account ``nadia``."""
    await add_account(app, "nadia")
    return browse(app)


@pytest.fixture
async def nadia(visitor: Operator) -> Operator:
    """An operator who is signed in."""
    await visitor.sign_in("nadia")
    return visitor
