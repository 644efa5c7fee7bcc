"""Photos on their way: to the dialogue engine as an id, to a request of the city façade as a picture."""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from urllib.parse import quote

import httpx

from kit.wire import INFORM_INTENT, PHOTO_ENTITY
from services.common.pictures import MEDIA_TYPE
from services.gateway.dialogue.places import CityDownError

log = logging.getLogger(__name__)


def payload(photo_id: str) -> str:
    """Return the command that tells the dialogue engine of a photo."""
    return f"/{INFORM_INTENT}{json.dumps({PHOTO_ENTITY: photo_id})}"


class CityPhotos:
    """The façade's photos of requests over HTTP."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def send(self, photo_id: str, content: bytes, reference: str, key: str) -> bool:
        """Add a photo to a request, once however often it is called; False where the request takes it no more.

        Raises CityDownError.
        """
        headers = {
            "Request-Key": quote(key, safe=""),
            "Idempotency-Key": f"photo-{photo_id}",
            "Content-Type": MEDIA_TYPE,
        }
        path = f"/v1/requests/{quote(reference, safe='')}/photos"
        try:
            response = await self._client.post(path, content=content, headers=headers)
        except httpx.HTTPError as error:
            raise CityDownError(type(error).__name__) from error
        if response.is_server_error or response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            raise CityDownError(f"HTTP {response.status_code}")
        if not response.is_success:
            log.error("the city façade refused a photo of a request: HTTP %d", response.status_code)
        return response.is_success
