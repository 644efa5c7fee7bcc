"""The gateway with the studio on a repository of tests, and editors with a browser each."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.desk.settings import DeskSettings
from services.gateway.app import create_app
from services.gateway.settings import GatewaySettings
from services.studio.settings import StudioSettings
from tests.integration.desk.people import Operator, add_account
from tests.integration.gateway.conftest import NOW, SettableClock
from tests.integration.gateway.rasa import SECRET
from tests.unit.studio.conftest import Place


class Browser(Operator):
    """A browser in the studio."""

    async def see(self, path: str, **query: str) -> httpx.Response:
        """Open a page of the studio."""
        answer = await self.client.get(f"/studio{path}", params=query or None)
        self.page = answer.text
        return answer

    async def fill(self, path: str, **fields: Any) -> httpx.Response:
        """Send a form of the page that is open, with what it hides and what is typed in it."""
        target = f"/studio{path}"
        form = next((each for each in self.page.split("<form")[1:] if f'action="{target}"' in each), "")
        hidden = re.findall(r'<input type="hidden" name="([\w.]+)" value="([^"]*)"', form.split("</form>")[0])
        shown = {name: unescape(value) for name, value in hidden}
        answer = await self.client.post(target, data={**shown, **fields})
        self.page = answer.text
        return answer

    @property
    def words(self) -> str:
        """The words of the page that is open."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.page)).split())


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "repository")


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(NOW)


@pytest.fixture
async def make_app(tmp_path: Path, place: Place, clock: SettableClock) -> AsyncIterator[Callable[..., FastAPI]]:
    """Give a maker of gateways whose studio is on the repository of tests."""
    async with AsyncExitStack() as stack:

        def make(**studio: Any) -> FastAPI:
            app = create_app(
                GatewaySettings(
                    database_url=f"sqlite:///{tmp_path / 'conversations.db'}",
                    channel_secret=SECRET,
                    rasa_url="http://127.0.0.1:9",
                    city_url="http://127.0.0.1:9",
                ),
                clock,
                desk=DeskSettings(tries_per_minute=6000, tries_burst=1000),
                studio=StudioSettings(**{"repository": place.root, "wait_s": 2, **studio}),
            )
            stack.push_async_callback(app.state.close)
            return app

        yield make


@pytest.fixture
async def app(make_app: Callable[..., FastAPI]) -> FastAPI:
    return make_app()


@pytest.fixture
async def browse(clock: SettableClock) -> AsyncIterator[Callable[..., Browser]]:
    """Give a maker of browsers."""
    async with AsyncExitStack() as stack:

        def make(app: FastAPI, **options: Any) -> Browser:
            browser = Browser(app, clock, **options)
            stack.push_async_callback(browser.client.aclose)
            return browser

        yield make


@pytest.fixture
async def eef(app: FastAPI, browse: Callable[..., Browser]) -> Browser:
    """An editor who is signed in."""
    await add_account(app, "eef", "editor")
    browser = browse(app)
    await browser.sign_in("eef")
    return browser


@pytest.fixture
async def tom(app: FastAPI, browse: Callable[..., Browser]) -> Browser:
    """Another one, who reads Dutch."""
    await add_account(app, "tom", "administrator")
    browser = browse(app, **{"Accept-Language": "nl"})
    await browser.sign_in("tom")
    return browser
