"""The studio beside the desk: mounted in the same process, with the desk's accounts and sessions."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse

from services.studio.app import application
from services.studio.settings import StudioSettings
from services.studio.studio import ROOT, Studio

#: Where the studio is mounted.
PATH: Final = ROOT


def open_studio(state: Any, settings: StudioSettings) -> FastAPI:
    """Return the studio's application; the desk is open already."""
    state.studio = Studio(settings, state.desk.desk, inbox=state.inbox, figures=state.figures)
    return application(state.studio)


async def to_studio(_request: Request) -> RedirectResponse:
    """Send who asks for the mount's bare path to the studio's first page."""
    return RedirectResponse(f"{PATH}/")
