"""Requests of the city façade, as far as the gateway needs them: the resident goes out of one."""

from __future__ import annotations

import logging
from http import HTTPStatus
from urllib.parse import quote

import httpx

from services.gateway.dialogue.places import CityDownError

log = logging.getLogger(__name__)


class CityRequests:
    """The façade's requests over HTTP."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def erase(self, reference: str, key: str) -> None:
        """Erase the resident from a request; one that is unknown by now holds nothing more. Raises CityDownError."""
        try:
            response = await self._client.delete(
                f"/v1/requests/{quote(reference, safe='')}/personal-data", headers={"Request-Key": key}
            )
        except httpx.HTTPError as error:
            raise CityDownError(type(error).__name__) from error
        if response.is_server_error or response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            raise CityDownError(f"HTTP {response.status_code}")
        if response.is_client_error and response.status_code != HTTPStatus.NOT_FOUND:
            log.error("the city façade refused to erase a request: HTTP %d", response.status_code)
