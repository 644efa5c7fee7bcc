"""What is shown where something is refused or fails: a page, or for scripts a part of one, in the reader's language."""

from __future__ import annotations

import logging
import math
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from services.desk.errors import DeskError
from services.desk.handover import GoneError, NotYoursError
from services.desk.port import TooManyError
from services.desk.web.cookies import ROOT
from services.desk.web.pages import Pages, go

log = logging.getLogger(__name__)

_CODES: Final = {404: "not_found", 405: "not_found", 408: "too_slow", 413: "too_large"}


def install(app: FastAPI, pages: Pages) -> None:
    """Make every error of the desk something that people read."""

    def failed(request: Request, status: int, code: str, params: dict[str, Any] | None = None) -> Response:
        part = "failure" if request.headers.get("hx-request") else "failed"
        return pages.show(request, part, status, code=code, params=params or {})

    @app.exception_handler(DeskError)
    async def refused(request: Request, error: DeskError) -> Response:
        if error.code == "sign_in":
            return _to_sign_in(request)
        return failed(request, error.status, error.code, {**error.params, **waiting(error)})

    @app.exception_handler(TooManyError)
    async def too_many(request: Request, error: TooManyError) -> Response:
        again = DeskError(HTTPStatus.TOO_MANY_REQUESTS, "wait", retry_after_s=error.after_s)
        response = failed(request, again.status, again.code, waiting(again))
        response.headers["Retry-After"] = str(max(1, math.ceil(error.after_s)))
        return response

    @app.exception_handler(GoneError)
    async def gone(request: Request, _error: GoneError) -> Response:
        return failed(request, HTTPStatus.NOT_FOUND, "chat_gone")

    @app.exception_handler(NotYoursError)
    async def not_yours(request: Request, _error: NotYoursError) -> Response:
        return failed(request, HTTPStatus.CONFLICT, "not_yours")

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, _error: RequestValidationError) -> Response:
        return failed(request, HTTPStatus.UNPROCESSABLE_ENTITY, "invalid")

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> Response:
        return failed(request, error.status_code, _CODES.get(error.status_code, "invalid"))

    # It is raised again after this page: the gateway's own middleware notes its type and place.
    @app.exception_handler(Exception)
    async def unexpected(request: Request, _error: Exception) -> Response:
        return failed(request, HTTPStatus.INTERNAL_SERVER_ERROR, "unexpected")

    @app.exception_handler(SQLAlchemyError)
    async def database_error(request: Request, error: SQLAlchemyError) -> Response:
        log.error("the desk's database failed: %s", type(error.__cause__ or error).__name__)
        return failed(request, HTTPStatus.SERVICE_UNAVAILABLE, "unavailable")


def waiting(error: DeskError) -> dict[str, int]:
    """Return what the text about a wait is filled with: whole minutes where it is long, else seconds."""
    if error.retry_after_s is None:
        return {}
    return {"seconds": max(1, math.ceil(error.retry_after_s))}


def _to_sign_in(request: Request) -> Response:
    page = request.url.path if request.method == "GET" and not request.headers.get("hx-request") else f"{ROOT}/"
    response = go(request, f"{ROOT}/sign-in?next={quote(page)}")
    if request.headers.get("hx-request"):
        response.status_code = HTTPStatus.UNAUTHORIZED
    return response
