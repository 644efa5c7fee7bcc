"""What browsers fetch: the widget's built files, and around them the demonstration page."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

_SERVED: Final = frozenset({".html", ".js", ".css", ".json", ".svg", ".png", ".ico", ".webp", ".woff2", ".webmanifest"})
_LEAST_COMPRESSED_BYTES: Final = 1_000


class _Files(StaticFiles):
    """A folder of which only what a page is made of is served; browsers ask each time whether a file is the same."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file's answer. Raises HTTPException 404."""
        if path != "." and Path(path).suffix not in _SERVED:
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def site(folder: Path) -> ASGIApp:
    """Return an application that serves a folder, compressed where the browser takes that."""
    return GZipMiddleware(_Files(directory=folder, html=True, check_dir=False), _LEAST_COMPRESSED_BYTES)
