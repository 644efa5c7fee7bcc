"""What is shown where a change cannot be made at all: what happened, in words, and that nothing was changed."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Final

from fastapi import FastAPI, Request
from starlette.responses import Response

from services.desk.web.pages import Pages
from services.studio.editing.errors import EditingError

log = logging.getLogger(__name__)

_STATUS: Final = {
    "gone": HTTPStatus.NOT_FOUND,
    "busy": HTTPStatus.SERVICE_UNAVAILABLE,
    "git_failed": HTTPStatus.SERVICE_UNAVAILABLE,
    "disk_full": HTTPStatus.INSUFFICIENT_STORAGE,
}


def status_of(error: EditingError) -> HTTPStatus:
    """Return the status of a page that says an error."""
    return _STATUS.get(error.code, HTTPStatus.CONFLICT)


def noted(error: EditingError) -> EditingError:
    """Return an error, after a line in the log where somebody has to look after the machine."""
    if error.code in {"git_failed", "disk_full", "broken_file"}:
        log.error("the studio could not save: %s", error)
    return error


def install(app: FastAPI, pages: Pages) -> None:
    """Make every error of editing something that people read."""

    @app.exception_handler(EditingError)
    async def not_made(request: Request, error: EditingError) -> Response:
        part = "failure" if request.headers.get("hx-request") else "failed"
        code = "not_found" if error.code == "gone" else error.code
        return pages.show(request, part, status_of(noted(error)), code=code, params=error.params)
