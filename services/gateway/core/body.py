"""The largest body that a request may have, and the longest that it may take to arrive."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Mapping
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """Middleware that stops reading a body over the limit (bytes), also where its length was not announced.

    ``larger``: other limits, by a pattern that matches a whole path. ``timeout_s``: for the whole body, so that nobody
    holds a place by sending a byte now and then.
    """

    def __init__(
        self, app: ASGIApp, most: int, larger: Mapping[str, int] | None = None, *, timeout_s: float = 30
    ) -> None:
        self._timeout_s = timeout_s
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

        until, whole = time.monotonic() + self._timeout_s, False

        async def receive_limited() -> Message:
            nonlocal read, whole
            if whole:
                return await receive()  # that the caller has gone, whenever that is
            if read <= most:
                try:
                    message = await asyncio.wait_for(receive(), max(0.0, until - time.monotonic()))
                except TimeoutError as error:
                    raise HTTPException(HTTPStatus.REQUEST_TIMEOUT) from error
                read += len(message.get("body", b""))
                whole = not message.get("more_body", False)
            if read > most:
                # Raised where the endpoint reads the body, so that it becomes a problem detail like any other.
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        await self._app(scope, receive_limited, send)
