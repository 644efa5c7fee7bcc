"""The chat page: the files of ``page/`` that a browser needs, and no others."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

_SERVED: Final = frozenset({".html", ".js", ".css", ".json", ".svg", ".png", ".ico", ".webp", ".woff2", ".webmanifest"})


class Site:
    """Serves the page; browsers ask each time whether a file is still the same (it has an ETag)."""

    def __init__(self, folder: Path) -> None:
        self._files = StaticFiles(directory=folder, html=True, check_dir=False)

    async def page(self, request: Request) -> Response:
        """Return a file's answer. Raises HTTPException 404."""
        path = request.path_params["path"]
        if path and Path(path).suffix not in _SERVED:
            raise HTTPException(404)
        response = await self._files.get_response(self._files.get_path(request.scope), request.scope)
        response.headers["Cache-Control"] = "no-cache"
        return response
