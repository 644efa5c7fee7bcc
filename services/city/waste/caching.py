"""A calendar file over HTTP: its media type, its ETag, and the short answer for who has it already."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Any, Final

from fastapi import Response

from services.city.waste.ics import REFRESH

_MEDIA_TYPE: Final = "text/calendar"
_FILE_NAME: Final = "collections.ics"

#: What OpenAPI says of the answers.
CALENDAR_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The calendar file.",
        "content": {_MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}},
        "headers": {"ETag": {"description": "Changes with the file.", "schema": {"type": "string"}}},
    },
    304: {"description": "The file is the one that the ETag in `If-None-Match` is of."},
}


def calendar_response(content: bytes, *, known: str | None, download: bool) -> Response:
    """Return the file, or 304 where ``known`` (an ``If-None-Match``) has its tag."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": f"private, max-age={int(REFRESH.total_seconds()) // 12}"}
    if known is not None and _has(known, tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    kind = "attachment" if download else "inline"
    headers["Content-Disposition"] = f'{kind}; filename="{_FILE_NAME}"'
    return Response(content, media_type=_MEDIA_TYPE, headers=headers)


def _has(known: str, tag: str) -> bool:
    """Tell whether a tag is in a list of tags; weak ones are compared as strong (RFC 9110, 13.1.2)."""
    tags = [each.strip().removeprefix("W/") for each in known.split(",")]
    return tag in tags or tags == ["*"]
