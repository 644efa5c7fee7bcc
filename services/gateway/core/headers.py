"""Security headers on every answer."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class SecurityHeaders:
    """Middleware: what the page may load (its own files and nothing else) and who may show it in a frame.

    What is below the paths ``closed`` is shown in nobody's frame, and no other site reads it.
    """

    def __init__(
        self,
        app: ASGIApp,
        frame_ancestors: Sequence[str] = (),
        image_sources: Sequence[str] = (),
        closed: Sequence[str] = (),
    ) -> None:
        self._app = app
        self._closed = closed
        policy = {
            "default-src": "'none'",
            "script-src": "'self'",
            "style-src": "'self'",
            "img-src": " ".join(("'self'", "data:", *image_sources)),
            "font-src": "'self'",
            "connect-src": "'self'",
            "manifest-src": "'self'",
            "base-uri": "'none'",
            "form-action": "'self'",
            "frame-ancestors": " ".join(("'self'", *frame_ancestors)),
        }
        self._headers = {
            "Content-Security-Policy": _joined(policy),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Permissions-Policy": "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "cross-origin" if frame_ancestors else "same-origin",
        }
        self._closed_headers = {
            **self._headers,
            "Content-Security-Policy": _joined({**policy, "img-src": "'self' data:", "frame-ancestors": "'none'"}),
            "Cross-Origin-Resource-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._closed_headers if self._is_closed(scope["path"]) else self._headers)
                if scope["path"].startswith("/api/"):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _is_closed(self, path: str) -> bool:
        return any(path == each or path.startswith(f"{each}/") for each in self._closed)


def _joined(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())
