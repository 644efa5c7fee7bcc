"""What is at a point on the map: the city façade's nearest address, stop and commune."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any, Final

import httpx

from kit.wire import INFORM_INTENT

log = logging.getLogger(__name__)

#: Farther away, an address or a stop is not what someone means by where they are.
_NEAR_M: Final = {"address": 150.0, "stop": 800.0}


class CityDownError(Exception):
    """The façade gave no answer in time."""


class CityPlaces:
    """The façade's places over HTTP."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def facts(self, lat: float, lon: float) -> dict[str, str]:
        """Return place ids by what they are (``address``, ``stop``, ``commune``); nothing where nothing is near.

        Raises CityDownError.
        """
        nearest = await asyncio.gather(*(self._nearest(lat, lon, kind) for kind in _NEAR_M))
        found = {kind: place for kind, place in zip(_NEAR_M, nearest, strict=True) if place}
        facts = {kind: str(place["id"]) for kind, place in found.items()}
        for place in found.values():
            commune = place.get("commune")
            if isinstance(commune, dict) and commune.get("id"):
                facts.setdefault("commune", f"commune:{commune['id']}")
        return facts

    async def ready(self) -> bool:
        """Tell whether the façade answers."""
        try:
            return (await self._client.get("/health/live")).is_success
        except httpx.HTTPError:
            return False

    async def _nearest(self, lat: float, lon: float, kind: str) -> dict[str, Any] | None:
        try:
            response = await self._client.get(
                "/v1/places/near", params={"lat": lat, "lon": lon, "kinds": kind, "limit": 1}
            )
            items = response.raise_for_status().json()["items"]
            place = items[0] if items else None
            return place if place and float(place["distance_m"]) <= _NEAR_M[kind] else None
        except (httpx.HTTPError, ValueError, LookupError, TypeError) as error:
            log.warning("the city façade did not answer: %s", type(error).__name__)
            raise CityDownError(type(error).__name__) from error


def payload(facts: dict[str, str]) -> str:
    """Return the command that gives these facts to the dialogue engine."""
    return f"/{INFORM_INTENT}{json.dumps(facts)}"
