"""The largest body that a request may have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """Middleware that stops reading a body over the limit (bytes), also where its length was not announced.

    ``larger``: other limits, by a pattern that matches a whole path.
    """

    def __init__(self, app: ASGIApp, most: int, larger: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._most = most
        self._larger = [(re.compile(pattern), limit) for pattern, limit in (larger or {}).items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = next((limit for path, limit in self._larger if path.fullmatch(scope["path"])), self._most)
        announced = Headers(scope=scope).get("content-length", "0")
        read = int(announced) if announced.isdecimal() and len(announced) < 16 else most + 1
        read = read if read > most else 0

        async def receive_limited() -> Message:
            nonlocal read
            if read <= most:
                message = await receive()
                read += len(message.get("body", b""))
            if read > most:
                # Raised where the endpoint reads the body, so that it becomes a problem detail like any other.
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        await self._app(scope, receive_limited, send)
