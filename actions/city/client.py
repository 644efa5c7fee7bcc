"""HTTP client of the city façade: reads only, tight budgets, typed errors."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from pydantic import ValidationError
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, stop_after_delay, wait_random

from actions.city.errors import CityProblemError, CityUnavailableError
from actions.city.models import (
    Board,
    Collections,
    CommuneContact,
    Place,
    Procedure,
    ProcedureRef,
    PublicContact,
    Shape,
)
from kit.languages import Language

log = logging.getLogger(__name__)

ShapeT = TypeVar("ShapeT", bound=Shape)

#: Longest query sent to a search: names are shorter, and a resident may paste anything.
_MAX_QUERY = 120

#: Longest line name sent.
_MAX_LINE = 60


class _RetriableError(Exception):
    """A failure that a second try may cure: the connection failed, or the façade was busy for a moment."""


class HttpCity:
    """The façade over HTTP. All requests are GETs, so that a retry can do no harm."""

    def __init__(self, client: httpx.AsyncClient, *, budget_s: float = 3.0) -> None:
        self._client = client
        self._budget_s = budget_s

    async def search(self, query: str, kinds: Sequence[str], *, limit: int = 20) -> list[Place]:
        """Return the places that fit a text, best first."""
        text = " ".join(query.split())[:_MAX_QUERY]
        if not text:
            return []
        try:
            answer = await self._get("/v1/places/search", {"q": text, "kinds": ",".join(kinds), "limit": limit})
        except CityProblemError as error:
            if error.code == "invalid_query":  # no letter that a name could have: nothing is called that
                return []
            raise
        return _all(Place, answer)

    async def near(self, lat: float, lon: float, kinds: Sequence[str], *, limit: int = 5) -> list[Place]:
        """Return the nearest places, nearest first."""
        parameters = {"lat": lat, "lon": lon, "kinds": ",".join(kinds), "limit": limit}
        return _all(Place, await self._get("/v1/places/near", parameters))

    async def place(self, place_id: str) -> Place:
        """Return one place."""
        answer = await self._get(f"/v1/places/{_segment(place_id)}")
        return _one(Place, answer.get("place", answer))

    async def departures(
        self,
        stop_id: str,
        *,
        line: str | None = None,
        towards: str | None = None,
        at: datetime | None = None,
        limit: int = 6,
    ) -> Board:
        """Return departures in order of time."""
        line, towards = line and line[:_MAX_LINE], towards and towards[:_MAX_QUERY]
        parameters = {"line": line, "towards": towards, "at": at.isoformat() if at else None, "limit": limit}
        return _one(Board, await self._get(f"/v1/transport/stops/{_segment(stop_id)}/departures", parameters))

    async def collections(self, place_id: str, *, start: date, days: int) -> Collections:
        """Return collections in order of date."""
        parameters = {"place": place_id, "from": start.isoformat(), "days": days}
        return _one(Collections, await self._get("/v1/waste/collections", parameters))

    async def procedures(self, query: str | None, language: Language) -> list[ProcedureRef]:
        """Return the procedures that fit a text, best first, or all of them."""
        text = " ".join(query.split())[:_MAX_QUERY] if query else None
        answer = await self._get("/v1/permits/procedures", {"q": text, "lang": language, "limit": 50})
        return _all(ProcedureRef, answer)

    async def procedure(self, procedure_id: str, *, commune: str | None, language: Language) -> Procedure:
        """Return one procedure."""
        path = f"/v1/permits/procedures/{_segment(procedure_id)}"
        return _one(Procedure, await self._get(path, {"commune": commune, "lang": language}))

    async def commune(self, slug: str, language: Language) -> CommuneContact:
        """Return a commune's administration."""
        return _one(CommuneContact, await self._get(f"/v1/communes/{_segment(slug)}", {"lang": language}))

    async def contacts(self, language: Language) -> list[PublicContact]:
        """Return the numbers to call."""
        answer = await self._get("/v1/contacts", {"lang": language, "limit": 100})
        envelope = {key: answer.get(key) for key in ("source", "as_of", "realtime")}
        return [_one(PublicContact, {**envelope, **item}) for item in answer.get("items", [])]

    async def _get(self, path: str, parameters: dict[str, Any] | None = None) -> dict[str, Any]:
        given = {name: value for name, value in (parameters or {}).items() if value is not None}
        tries = AsyncRetrying(
            retry=retry_if_exception_type(_RetriableError),
            stop=stop_after_attempt(2) | stop_after_delay(self._budget_s / 2),
            wait=wait_random(0.02, 0.08),
            reraise=True,
        )
        try:
            async for attempt in tries:
                with attempt:
                    return await self._try(path, given)
        except _RetriableError as error:
            raise CityUnavailableError(str(error)) from error
        raise AssertionError("unreachable: the retrier returns or raises")

    async def _try(self, path: str, parameters: dict[str, Any]) -> dict[str, Any]:
        try:
            response = await self._client.get(path, params=parameters)
        except httpx.ReadTimeout as error:  # a second wait would use up the resident's patience
            raise CityUnavailableError(type(error).__name__) from error
        except httpx.TransportError as error:
            raise _RetriableError(type(error).__name__) from error
        if response.status_code in {502, 503, 504}:
            raise _RetriableError(f"HTTP {response.status_code}")
        return _body(response)


def _body(response: httpx.Response) -> dict[str, Any]:
    """Return the JSON object of an answer, or raise what the façade said was wrong."""
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


def _one(shape: type[ShapeT], value: Any) -> ShapeT:
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        log.error("the façade answered in another shape: %s", [e["loc"] for e in error.errors()])
        raise CityUnavailableError(f"not a {shape.__name__}") from error


def _all(shape: type[ShapeT], page: dict[str, Any]) -> list[ShapeT]:
    return [_one(shape, item) for item in page.get("items", [])]


def _segment(value: str) -> str:
    """Return a value as one segment of a path; ids keep their colons."""
    return quote(value, safe=":")
