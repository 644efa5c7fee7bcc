"""The whole gateway on a port, with the desk, a Rasa server of tests and a hand-over, in a thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any

import pyotp
from fastapi import FastAPI
from sqlalchemy import text

from kit.clock import SystemClock
from services.desk.settings import DeskSettings
from services.gateway.app import create_app
from services.gateway.settings import GatewaySettings
from services.studio.settings import StudioSettings
from services.telegram.settings import TelegramSettings
from tests.handover.in_memory import InMemoryHandOver
from tests.integration.desk.city import sample_city
from tests.integration.desk.people import PASSWORD, add_account
from tests.integration.gateway.rasa import SECRET, FakeRasa
from tests.integration.gateway.serving import serving


class DeskServer:
    """What a test does with the gateway from outside its thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop, app: FastAPI, url: str, rasa: FakeRasa) -> None:
        self._loop = loop
        self.app = app
        self.url = url
        self.rasa = rasa
        self.hand: Any = app.state.handover

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run work in the gateway's loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    def add_account(self, login: str, *roles: str, **values: Any) -> str:
        """Add an account; its telephone is set up at the first sign-in."""
        return self.do(add_account(self.app, login, *roles, **values))

    def end_sessions(self) -> None:
        """End every session, as an administrator would."""
        self.do(self.app.state.database.write(lambda c: c.execute(text("DELETE FROM desk_sessions"))))

    def conversations(self) -> list[str]:
        """Return the ids of all conversations, the oldest first."""
        query = text("SELECT id FROM conversations ORDER BY created_at")
        return self.do(self.app.state.database.read(lambda c: list(c.execute(query).scalars())))


def sign_in(page: Any, url: str, login: str, path: str = "/desk/", then: str = "**/desk/inbox") -> str:
    """Sign in for the first time, with the key that the page shows; return that key.

    ``path`` is the page that was wanted, ``then`` the one that is shown.
    """
    page.goto(f"{url}{path}")
    page.locator("#login").fill(login)
    page.locator("#password").fill(PASSWORD)
    page.locator("button.main").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.locator("#code").fill(pyotp.TOTP(secret).now())
    page.locator("button.main").click()
    page.wait_for_url(then)
    return secret


@contextmanager
def desk_server(
    folder: Path, rasa: FakeRasa | None = None, *, city: bool = False, repository: Path | None = None
) -> Iterator[DeskServer]:
    """Serve for the time of the block; with a Rasa server of the test's, on the gateway's own hand-over.

    ``city``: with the façade and the sample's texts; else nothing is there. ``repository``: whose texts are said, and
    changed in the studio.
    """
    said = {"responses": repository / "data" / "responses"} if repository else {}
    studio = StudioSettings(repository=repository) if repository else None
    ready, over = threading.Event(), asyncio.Event()
    made: list[DeskServer] = []

    async def run() -> None:
        spoken = rasa or FakeRasa()
        clock = SystemClock()
        async with AsyncExitStack() as stack:
            rasa_url = await stack.enter_async_context(serving(spoken.app))
            city_url = await stack.enter_async_context(sample_city(folder, clock)) if city else "http://127.0.0.1:9"
            app = create_app(
                GatewaySettings(
                    database_url=f"sqlite:///{folder / 'conversations.db'}",
                    channel_secret=SECRET,
                    rasa_url=rasa_url,
                    city_url=city_url,
                    city_timeout_s=30,
                    stream_poll_s=0.05,
                    **said,
                ),
                clock,
                TelegramSettings(mode="off"),
                DeskSettings(tries_per_minute=600, tries_burst=100, presence_s=0.2),
                studio,
            )
            if rasa is None:
                app.state.handover = InMemoryHandOver(app, clock)
            async with serving(app) as url:
                made.append(DeskServer(asyncio.get_running_loop(), app, url, spoken))
                ready.set()
                await over.wait()
            await app.state.close()

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    try:
        if not ready.wait(60):
            raise RuntimeError("the gateway did not start")
        yield made[0]
    finally:
        if made:
            made[0]._loop.call_soon_threadsafe(over.set)
        thread.join(20)
