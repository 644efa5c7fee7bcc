"""How the façade is asked over HTTP: tight budgets, typed errors, and writes that a retry does not repeat."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Final, TypeVar
from urllib.parse import quote

import httpx
from pydantic import ValidationError
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, stop_after_delay, wait_random

from actions.city.errors import CityProblemError, CityUnavailableError
from actions.city.models import Shape

log = logging.getLogger(__name__)

ShapeT = TypeVar("ShapeT", bound=Shape)

#: Longest query sent to a search: names are shorter, and a resident may paste anything.
MAX_QUERY: Final = 120


class _RetriableError(Exception):
    """A failure that a second try may cure: the connection failed, or the façade was busy for a moment."""


class Asking:
    """The façade over HTTP. A retry can do no harm: it reads, deletes, or has the key by which a thing happens once."""

    def __init__(self, client: httpx.AsyncClient, *, budget_s: float = 3.0) -> None:
        self._client = client
        self._budget_s = budget_s

    async def get(
        self, path: str, parameters: dict[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """Return the JSON of an answer; parameters that are None are left out."""
        return await self._ask("GET", path, params=_given(parameters), headers=dict(headers or {}))

    async def delete(self, path: str, headers: Mapping[str, str]) -> None:
        """Delete something; once more changes nothing."""
        await self._ask("DELETE", path, headers=dict(headers))

    async def post(
        self, path: str, body: Mapping[str, Any], key: str, parameters: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the JSON of the answer to a write; with the same ``key`` it happens once."""
        headers = {"Idempotency-Key": key}
        return await self._ask("POST", path, params=_given(parameters), json=dict(body), headers=headers)

    async def _ask(self, method: str, path: str, **sent: Any) -> dict[str, Any]:
        tries = AsyncRetrying(
            retry=retry_if_exception_type(_RetriableError),
            stop=stop_after_attempt(2) | stop_after_delay(self._budget_s / 2),
            wait=wait_random(0.02, 0.08),
            reraise=True,
        )
        try:
            async for attempt in tries:
                with attempt:
                    return await self._try(method, path, sent)
        except _RetriableError as error:
            raise CityUnavailableError(str(error)) from error
        raise AssertionError("unreachable: the retrier returns or raises")

    async def _try(self, method: str, path: str, sent: dict[str, Any]) -> dict[str, Any]:
        try:
            response = await self._client.request(method, path, **sent)
        except httpx.ReadTimeout as error:  # a second wait would use up the resident's patience
            raise CityUnavailableError(type(error).__name__) from error
        except httpx.TransportError as error:
            raise _RetriableError(type(error).__name__) from error
        if response.status_code in {502, 503, 504}:
            raise _RetriableError(f"HTTP {response.status_code}")
        return _body(response)


def _given(parameters: dict[str, Any] | None) -> dict[str, Any]:
    return {name: value for name, value in (parameters or {}).items() if value is not None}


def _body(response: httpx.Response) -> dict[str, Any]:
    """Return the JSON object of an answer, or raise what the façade said was wrong."""
    if response.status_code == httpx.codes.NO_CONTENT:
        return {}
    try:
        body = response.json()
    except ValueError as error:
        raise CityUnavailableError(f"HTTP {response.status_code} without JSON") from error
    if not isinstance(body, dict):
        raise CityUnavailableError(f"HTTP {response.status_code} with another shape")
    if response.is_success:
        return body
    code = str(body.get("code", ""))
    if response.is_server_error or not code:
        raise CityUnavailableError(f"HTTP {response.status_code} {code}".rstrip())
    raise CityProblemError(code, body.get("suggestions") or ())


def one(shape: type[ShapeT], value: Any) -> ShapeT:
    """Return a part of an answer; CityUnavailableError where it has another shape."""
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        log.error("the façade answered in another shape: %s", [e["loc"] for e in error.errors()])
        raise CityUnavailableError(f"not a {shape.__name__}") from error


def every(shape: type[ShapeT], page: dict[str, Any]) -> list[ShapeT]:
    """Return the items of a page."""
    return [one(shape, item) for item in page.get("items", [])]


def segment(value: str) -> str:
    """Return a value as one segment of a path; ids keep their colons."""
    return quote(value, safe=":")


def question(written: str) -> str:
    """Return what a resident wrote as a search takes it: on one line, not too long."""
    return " ".join(written.split())[:MAX_QUERY]
