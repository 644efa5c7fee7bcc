"""Errors as ``application/problem+json`` (RFC 9457) with a stable ``code`` and, where it helps, ``suggestions``."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """A problem detail. ``code`` is for programs, ``detail`` for people who call the API."""

    type: str = "about:blank"
    title: str
    status: int
    code: str = Field(examples=["stop_not_found"])
    detail: str
    suggestions: list[dict[str, Any]] = Field(default_factory=list, description="What may have been meant, best first.")
    errors: list[dict[str, Any]] = Field(default_factory=list, description="What is wrong with which parameter.")


class CityError(Exception):
    """An answer that cannot be given, with the reason as a stable code."""

    def __init__(
        self, status: int, code: str, detail: str, suggestions: Sequence[BaseModel | dict[str, Any]] = ()
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.suggestions = [s.model_dump(mode="json") if isinstance(s, BaseModel) else s for s in suggestions]


class NotFoundError(CityError):
    """Nothing of that name or id; ``suggestions`` are the nearest that exist."""

    def __init__(self, code: str, detail: str, suggestions: Sequence[BaseModel | dict[str, Any]] = ()) -> None:
        super().__init__(HTTPStatus.NOT_FOUND, code, detail, suggestions)


class AmbiguousError(CityError):
    """Several things fit; ``suggestions`` are all of them."""

    def __init__(self, code: str, detail: str, suggestions: Sequence[BaseModel | dict[str, Any]]) -> None:
        super().__init__(HTTPStatus.CONFLICT, code, detail, suggestions)


def install(app: FastAPI) -> None:
    """Make every error of the app a problem detail; what is unexpected is logged and says nothing of its inside."""

    @app.exception_handler(CityError)
    async def city_error(_request: Request, error: CityError) -> JSONResponse:
        return _response(error.status, error.code, error.detail, suggestions=error.suggestions)

    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        errors = [{"parameter": ".".join(map(str, e["loc"])), "reason": e["msg"]} for e in error.errors()]
        return _response(422, "invalid_request", "The request is not valid.", errors=errors)

    @app.exception_handler(HTTPException)
    async def http_error(_request: Request, error: HTTPException) -> JSONResponse:
        code = HTTPStatus(error.status_code).name.lower()
        response = _response(error.status_code, code, str(error.detail))
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(SQLAlchemyError)
    async def database_error(_request: Request, error: SQLAlchemyError) -> JSONResponse:
        log.error("the city database failed", exc_info=error)
        return _response(503, "database_unavailable", "The city database does not answer. Try again in a moment.")

    @app.exception_handler(Exception)
    async def unexpected(_request: Request, error: Exception) -> JSONResponse:
        log.error("unexpected error", exc_info=error)
        return _response(500, "internal_error", "Something went wrong here; it has been logged.")


def _response(
    status: int,
    code: str,
    detail: str,
    *,
    suggestions: list[dict[str, Any]] | None = None,
    errors: list[dict[str, Any]] | None = None,
) -> JSONResponse:
    problem = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        code=code,
        detail=detail,
        suggestions=suggestions or [],
        errors=errors or [],
    )
    return JSONResponse(problem.model_dump(mode="json"), status_code=status, media_type=MEDIA_TYPE)


#: ``responses=`` of an endpoint, so that OpenAPI shows the errors in their real media type.
def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI ``responses`` for these error statuses (422 is always there)."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in (*statuses, 422, 503)
    }
