"""What residents follow, as the city façade knows it now: a line's messages, a request, a dossier, an appointment."""

from __future__ import annotations

import hashlib
import logging
from http import HTTPStatus
from typing import Any, Final, TypeVar
from urllib.parse import quote

import httpx
from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from kit.languages import Language
from services.gateway.dialogue.places import CityDownError

log = logging.getLogger(__name__)

#: Messages of one line that are looked at.
_MOST: Final = 50
#: What is no disturbance: a remark, and lifts, which have a question of their own.
_REMARK: Final = 9
_NO_DISTURBANCE: Final = frozenset({"accessibility_issue", "no_effect"})


class _Source(BaseModel):
    name: str
    url: str | None = None
    sample: bool = False


class _Answer(BaseModel):
    source: _Source
    as_of: AwareDatetime
    realtime: bool | None = None

    @property
    def stated(self) -> dict[str, Any]:
        """The source to state."""
        return {**self.source.model_dump(), "as_of": self.as_of.isoformat(), "realtime": self.realtime}


class LineMessage(BaseModel):
    """A message for travellers, in the languages that there are."""

    id: str
    texts: dict[Language, str]
    importance: int
    effect: str | None = None

    @property
    def version(self) -> str:
        """What changes when it says something else; the ends of its period move without that."""
        said = "\n".join(f"{language} {' '.join(text.split())}" for language, text in sorted(self.texts.items()))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


class LineMessages(_Answer):
    """What holds for a line now, the most important first."""

    items: list[LineMessage]
    realtime_status: str

    @property
    def disturbances(self) -> list[LineMessage]:
        """The messages that say that something is not as usual."""
        return [
            each
            for each in self.items
            if each.texts and each.importance < _REMARK and each.effect not in _NO_DISTURBANCE
        ]


class _Step(BaseModel):
    at: AwareDatetime
    stage: str
    note: str | None = None


class RequestNow(_Answer):
    """How far a request is."""

    reference: str
    status: str
    stage: str
    stage_name: str
    stage_text: str
    steps: list[_Step] = Field(default=[])


class _Stage(BaseModel):
    id: str
    name: str
    meaning: str


class _Next(BaseModel):
    text: str


class DossierNow(_Answer):
    """Where a permit application stands; where nothing comes next, it is decided or given up."""

    reference: str
    stage: _Stage
    next: _Next | None = None
    decided_on: str | None = None


class _Name(BaseModel):
    fr: str | None = None
    nl: str | None = None


class _Desk(BaseModel):
    name: str
    address: _Name


class _Subject(BaseModel):
    bring: str | None = None


class AppointmentNow(_Answer):
    """An appointment."""

    reference: str
    state: str
    starts_at: AwareDatetime
    desk: _Desk
    subject: _Subject


T = TypeVar("T", bound=_Answer)


class CityFollowed:
    """The façade over HTTP. Every method returns None for what the façade does not know, and raises CityDownError."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def messages(self, line: str) -> LineMessages | None:
        """Return what holds for a line now."""
        return await self._get(LineMessages, "/v1/transport/messages", {"line": line, "limit": _MOST})

    async def request(self, reference: str, language: Language) -> RequestNow | None:
        """Return how far a request is."""
        return await self._get(RequestNow, f"/v1/requests/{quote(reference, safe='')}", {"lang": language})

    async def dossier(self, reference: str, language: Language) -> DossierNow | None:
        """Return where a permit application stands."""
        path = f"/v1/permits/applications/{quote(reference, safe='')}"
        return await self._get(DossierNow, path, {"lang": language})

    async def appointment(self, reference: str, key: str, language: Language) -> AppointmentNow | None:
        """Return an appointment, to whom has its key."""
        path = f"/v1/permits/appointments/{quote(reference, safe='')}"
        return await self._get(AppointmentNow, path, {"lang": language}, {"Appointment-Key": quote(key, safe="")})

    async def _get(
        self, shape: type[T], path: str, given: dict[str, str | int], headers: dict[str, str] | None = None
    ) -> T | None:
        try:
            response = await self._client.get(path, params=given, headers=headers or {})
            if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
                raise CityDownError("HTTP 429")
            if response.is_client_error:
                log.warning("the city façade does not know what is followed: HTTP %d", response.status_code)
                return None
            return shape.model_validate_json(response.raise_for_status().content)
        except (httpx.HTTPError, ValidationError) as error:
            raise CityDownError(type(error).__name__) from error
