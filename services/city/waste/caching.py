"""A calendar file over HTTP: its media type, its ETag and age, and the short answer for who has it already."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
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
        "headers": {
            "ETag": {"description": "Changes with the file.", "schema": {"type": "string"}},
            "Last-Modified": {"description": "Since when the file is this one.", "schema": {"type": "string"}},
        },
    },
    304: {"description": "The file is the one of `If-None-Match`, or no newer than `If-Modified-Since`."},
}


def calendar_response(
    content: bytes, modified: datetime, *, known: str | None, since: str | None, download: bool
) -> Response:
    """Return the file, or 304 where ``known`` (an ``If-None-Match``) has its tag.

    Without a tag, ``since`` (an ``If-Modified-Since``) counts (RFC 9110, 13.1.3); what is no date there is as nothing.
    """
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Last-Modified": format_datetime(modified.astimezone(UTC), usegmt=True)}
    headers |= {"Cache-Control": f"private, max-age={int(REFRESH.total_seconds()) // 12}"}
    if _has(known, tag) if known is not None else _is_newest(since, modified):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    kind = "attachment" if download else "inline"
    headers["Content-Disposition"] = f'{kind}; filename="{_FILE_NAME}"'
    return Response(content, media_type=_MEDIA_TYPE, headers=headers)


def _is_newest(since: str | None, modified: datetime) -> bool:
    try:
        return since is not None and parsedate_to_datetime(since) >= modified.replace(microsecond=0)
    except (TypeError, ValueError):  # no date, or one without a zone
        return False


def _has(known: str, tag: str) -> bool:
    """Tell whether a tag is in a list of tags; weak ones are compared as strong (RFC 9110, 13.1.2)."""
    tags = [each.strip().removeprefix("W/") for each in known.split(",")]
    return tag in tags or tags == ["*"]
