"""The largest body that a request may have."""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """Middleware that stops reading a body over the limit (bytes), also where its length was not announced."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        read = int(announced) if announced.isdecimal() and len(announced) < 16 else self._most + 1
        read = read if read > self._most else 0

        async def receive_limited() -> Message:
            nonlocal read
            if read <= self._most:
                message = await receive()
                read += len(message.get("body", b""))
            if read > self._most:
                # Raised where the endpoint reads the body, so that it becomes a problem detail like any other.
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        await self._app(scope, receive_limited, send)
