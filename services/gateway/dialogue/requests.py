"""Requests and appointments of the city façade, as far as the gateway needs them: the resident goes out of one."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

import httpx

from services.gateway.dialogue.places import CityDownError

log = logging.getLogger(__name__)

#: The subject of appointments.
_APPOINTMENT: Final = "permit_appointment"
#: Unknown, or over.
_NOTHING_MORE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT})


class CityRequests:
    """The façade's requests over HTTP."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def erase(self, reference: str, key: str, subject: str) -> None:
        """Erase the resident from a request, or cancel an appointment, which forgets who made it.

        One that is unknown or over by now holds nothing more. Raises CityDownError.
        """
        path, header = f"/v1/requests/{quote(reference, safe='')}/personal-data", "Request-Key"
        if subject == _APPOINTMENT:
            path, header = f"/v1/permits/appointments/{quote(reference, safe='')}", "Appointment-Key"
        try:
            response = await self._client.delete(path, headers={header: quote(key, safe="")})
        except httpx.HTTPError as error:
            raise CityDownError(type(error).__name__) from error
        if response.is_server_error or response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            raise CityDownError(f"HTTP {response.status_code}")
        if response.is_client_error and response.status_code not in _NOTHING_MORE:
            log.error("the city façade refused to erase a request: HTTP %d", response.status_code)
