"""The collections at an address, as the city façade knows them: moved for holidays, each with its put-out window."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import httpx
from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from services.gateway.dialogue.places import CityDownError

log = logging.getLogger(__name__)

#: The bags that there are words for.
FRACTIONS: Final = ("white", "yellow", "blue", "orange", "green")


class PutOut(BaseModel):
    """When a bag may stand on the pavement."""

    date: date
    opens: AwareDatetime = Field(alias="from")
    until: AwareDatetime


class Collection(BaseModel):
    """One bag, collected on one day."""

    fraction: str
    collection_date: date
    put_out: PutOut
    evening_round: bool = False
    holiday: dict[str, str] | None = None


class _Source(BaseModel):
    name: str
    url: str | None = None
    sample: bool = False


class _Answer(BaseModel):
    items: list[Collection]
    source: _Source
    as_of: datetime


@dataclass(frozen=True)
class Collections:
    """Collections in order, and the source to state for them."""

    items: list[Collection]
    source: dict[str, Any]


class CityCollections:
    """The façade's collections over HTTP."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def at(self, place: str, start: date, days: int) -> Collections | None:
        """Return the collections of some days; None where the place has none (any more). Raises CityDownError."""
        asked: dict[str, str | int] = {"place": place, "from": start.isoformat(), "days": days}
        try:
            response = await self._client.get("/v1/waste/collections", params=asked)
            if response.is_client_error:
                log.warning("the city façade knows no collections for a reminder: HTTP %d", response.status_code)
                return None
            answer = _Answer.model_validate_json(response.raise_for_status().content)
        except (httpx.HTTPError, ValidationError) as error:
            raise CityDownError(type(error).__name__) from error
        source = {**answer.source.model_dump(), "as_of": answer.as_of.isoformat(), "realtime": None}
        return Collections([item for item in answer.items if item.fraction in FRACTIONS], source)
