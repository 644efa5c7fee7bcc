"""The desk as an application that the gateway mounts, and what it does beside answering."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from fastapi import Depends, FastAPI, Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from services.desk.desk import Desk, Gateway
from services.desk.keeping import purge
from services.desk.settings import DeskSettings
from services.desk.web import (
    administering,
    approving,
    chats,
    helper,
    home,
    knowledge,
    live,
    pinning,
    remarking,
    signing,
    supervising,
)
from services.desk.web.cookies import ROOT
from services.desk.web.failures import install

log = logging.getLogger(__name__)

_STATIC: Final = Path(__file__).parent / "static"
_PURGE_EVERY_S: Final = 600.0
#: Time for the way to the organisation's sign-in and back.
_AWAY_S: Final = 600


class DeskApp:
    """The desk: ``app`` is what is mounted."""

    def __init__(self, settings: DeskSettings, gateway: Gateway, retention: Mapping[str, timedelta]) -> None:
        """``retention``: how long each kind of ``keeping.KINDS`` is kept."""
        self.desk = Desk(settings, gateway)
        self.app = _application(self.desk)
        self._retention = retention
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to delete what is past its time."""
        self._running = asyncio.create_task(self._keep_purging())

    async def stop(self) -> None:
        """End."""
        if self._running:
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running

    async def purge(self) -> int:
        """Delete what is past its time; return how much."""
        now, gateway = self.desk.clock.now(), self.desk.gateway
        before = {kind: now - kept for kind, kept in self._retention.items()}
        return await gateway.storage.write(partial(purge, tables=gateway.tables, before=before))

    async def _keep_purging(self) -> None:
        while True:
            try:
                await self.purge()
            except SQLAlchemyError as error:
                log.error("what the desk keeps could not be deleted: %s", type(error).__name__)
            await asyncio.sleep(_PURGE_EVERY_S)


def _application(desk: Desk) -> FastAPI:
    async def meet(request: Request) -> None:
        await desk.visitors.meet(request)

    app = FastAPI(title="Desk", openapi_url=None, dependencies=[Depends(meet)])
    app.state.desk = desk
    install(app, desk.pages)
    app.include_router(signing.router)
    app.include_router(home.router)
    app.include_router(helper.router)
    app.include_router(knowledge.router)
    app.include_router(pinning.router)
    app.include_router(remarking.router)
    app.include_router(chats.router)
    app.include_router(approving.router)
    app.include_router(live.router)
    app.include_router(supervising.router)
    app.include_router(administering.router)
    app.mount("/static", Files(directory=_STATIC))
    if desk.organisation:
        app.add_middleware(
            SessionMiddleware,
            secret_key=desk.keys.hashed("organisation", "state"),
            session_cookie=f"{desk.cookies.session}-away",
            path=ROOT,
            max_age=_AWAY_S,
            same_site="lax",
            https_only=not desk.settings.development,
        )
    return app


class Files(StaticFiles):
    """The desk's own scripts and styles; browsers ask each time whether a file is the same."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file's answer. Raises HTTPException 404."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response
