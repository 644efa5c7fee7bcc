"""The studio as an application that the gateway mounts beside the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from fastapi import Depends, FastAPI, Request

from services.desk.app import Files
from services.desk.web import failures as desk_failures
from services.studio.studio import Studio
from services.studio.web import failures, history, inbox, insight, intents, texts

_STATIC: Final = Path(__file__).parent / "static"


def application(studio: Studio) -> FastAPI:
    """Return the application."""

    async def meet(request: Request) -> None:
        await studio.desk.visitors.meet(request)

    app = FastAPI(title="Studio", openapi_url=None, dependencies=[Depends(meet)])
    app.state.studio = studio
    desk_failures.install(app, studio.pages)
    failures.install(app, studio.pages)
    app.include_router(inbox.router)
    app.include_router(insight.router)
    app.include_router(intents.router)
    app.include_router(texts.router)
    app.include_router(history.router)
    app.mount("/static", Files(directory=_STATIC))
    return app
