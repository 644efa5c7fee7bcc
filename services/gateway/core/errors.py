"""Errors as ``application/problem+json`` (RFC 9457): a stable ``code``, and a text in the reader's language."""

from __future__ import annotations

import logging
import math
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from kit.languages import OFFICIAL, Language, from_accept_language
from services.gateway.core.texts import Texts

log = logging.getLogger(__name__)

MEDIA_TYPE: Final = "application/problem+json"

#: Codes of errors that the framework raises, by status.
_CODES: Final = {
    400: "invalid_json",
    404: "not_found",
    405: "method_not_allowed",
    408: "too_slow",
    413: "body_too_large",
    422: "invalid_request",
}


class Problem(BaseModel):
    """A problem detail. ``code`` is for programs, ``detail`` for the reader."""

    type: str = "about:blank"
    title: str
    status: int
    code: str = Field(examples=["conversation_not_found"])
    detail: str = Field(
        description="In the conversation's language, else that of Accept-Language, else French / Dutch."
    )
    suggestions: list[dict[str, Any]] = Field(default_factory=list, description="Always empty here.")
    errors: list[dict[str, Any]] = Field(default_factory=list, description="What is wrong with which part, in English.")


class ChatError(Exception):
    """A request that is refused, with the reason as a stable code; ``error_<code>`` is its text."""

    def __init__(
        self,
        status: int,
        code: str,
        *,
        language: Language | None = None,
        retry_after_s: float | None = None,
        **params: object,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.language = language
        self.retry_after_s = retry_after_s
        self.params = params


def install(app: FastAPI, texts: Texts) -> None:
    """Make every error of the app a problem detail."""

    @app.exception_handler(ChatError)
    async def chat_error(request: Request, error: ChatError) -> JSONResponse:
        response = problem(
            texts, error.status, error.code, error.language or language_of(request.headers), params=error.params
        )
        if error.retry_after_s is not None:
            response.headers["Retry-After"] = str(max(1, math.ceil(error.retry_after_s)))
        if error.status == HTTPStatus.UNAUTHORIZED:
            response.headers["WWW-Authenticate"] = "Bearer"
        return response

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        found = error.errors()
        code, status = ("invalid_json", 400) if any(e["type"] == "json_invalid" for e in found) else ("", 422)
        # Neither the value nor the context: both may hold what a resident wrote.
        reasons = [{"parameter": ".".join(map(str, e["loc"]))[:200], "reason": e["msg"]} for e in found[:20]]
        return problem(texts, status, code or _CODES[422], language_of(request.headers), errors=reasons)

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> JSONResponse:
        code = _CODES.get(error.status_code, "not_possible")
        response = problem(texts, error.status_code, code, language_of(request.headers))
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(SQLAlchemyError)
    async def database_error(request: Request, error: SQLAlchemyError) -> JSONResponse:
        log.error("the conversations' database failed: %s", type(error.__cause__ or error).__name__)
        return problem(texts, 503, "database_unavailable", language_of(request.headers))


def problem(
    texts: Texts,
    status: int,
    code: str,
    language: Language | None,
    *,
    params: dict[str, Any] | None = None,
    errors: list[dict[str, Any]] | None = None,
) -> JSONResponse:
    """Return the answer for an error."""
    content = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        code=code,
        detail=texts.error(code, language, **(params or {})),
        errors=errors or [],
    )
    said = language or ", ".join(OFFICIAL)
    headers = {"Content-Language": said, "Cache-Control": "no-store"}
    return JSONResponse(content.model_dump(mode="json"), status_code=status, media_type=MEDIA_TYPE, headers=headers)


def language_of(headers: Any) -> Language | None:
    """Return the reader's language as far as the request's headers say it."""
    return from_accept_language(headers.get("accept-language"))


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI ``responses`` for these error statuses."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in statuses
    }
