"""Reads an uploaded photo, as the body itself or as a part of a form, and never more of it than allowed."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any, Final, Literal

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

#: What a form may be longer than the photo in it, in bytes.
FORM_MARGIN: Final = 10_000
_PART: Final = "photo"

#: How OpenAPI describes the body, which is read by hand.
BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [_PART],
                    "properties": {_PART: {"type": "string", "format": "binary"}},
                }
            },
            **{
                media_type: {"schema": {"type": "string", "format": "binary"}}
                for media_type in ("image/jpeg", "image/png", "image/webp", "image/heic", "application/octet-stream")
            },
        },
    }
}


class UploadError(Exception):
    """A body that is refused; ``code`` says why."""

    def __init__(self, code: Literal["photo_too_large", "invalid_form"]) -> None:
        super().__init__(code)
        self.code = code


async def photo_of(request: Request, most: int) -> bytes:
    """Return the bytes of the photo in a request, at most ``most``; they are not looked at.

    Raises UploadError: ``photo_too_large``, and ``invalid_form`` where the form cannot be read or has no such part.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and (len(announced) > 15 or int(announced) > most + FORM_MARGIN):
        raise UploadError("photo_too_large")
    if request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        content = await _of_form(request, most)
    else:
        content = b"".join([chunk async for chunk in _limited(request, most)])
    if len(content) > most:
        raise UploadError("photo_too_large")
    return content


async def _limited(request: Request, most: int) -> AsyncGenerator[bytes]:
    read = 0
    async for chunk in request.stream():
        read += len(chunk)
        if read > most:
            raise UploadError("photo_too_large")
        yield chunk


async def _of_form(request: Request, most: int) -> bytes:
    stream = _limited(request, most + FORM_MARGIN)
    try:
        form = await MultiPartParser(request.headers, stream, max_files=1, max_fields=10).parse()
    except (MultiPartException, KeyError, ValueError, AssertionError) as error:
        raise UploadError("invalid_form") from error
    except HTTPException as error:
        if error.status_code >= 500 or error.status_code in {408, 413}:
            raise
        raise UploadError("invalid_form") from error
    try:
        part = form.get(_PART)
        if not isinstance(part, UploadFile):
            raise UploadError("invalid_form")
        return await part.read()
    finally:
        await form.close()
