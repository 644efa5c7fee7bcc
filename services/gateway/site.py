"""The chat page: the files of ``page/`` that a browser needs, and no others."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_SERVED: Final = frozenset(
    {".html", ".js", ".css", ".json", ".svg", ".png", ".ico", ".webp", ".woff2", ".webmanifest", ".txt"}
)


class Site(StaticFiles):
    """Serves the page; browsers ask each time whether a file is still the same (it has an ETag)."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file's answer. Raises HTTPException 404."""
        suffix = Path(path).suffix
        if suffix not in _SERVED and path != os.curdir:
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response
