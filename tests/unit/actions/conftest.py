"""The actions, with the façade of the tests behind them and a clock that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from actions.city.client import HttpCity
from actions.registry import executor
from actions.services import Services
from kit.clock import FixedClock
from tests.unit.actions.dispatch import Rasa
from tests.unit.actions.facade import NOW, Facade


@pytest.fixture
def facade() -> Facade:
    return Facade()


@pytest_asyncio.fixture
async def client(facade: Facade) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.MockTransport(facade), base_url="http://city") as made:
        yield made


@pytest.fixture
def rasa(client: httpx.AsyncClient) -> Rasa:
    return Rasa(executor(Services(city=HttpCity(client, budget_s=1.0), clock=FixedClock(NOW))))
