"""Reads an uploaded photo, as the body itself or as a part of a form, and never more of it than allowed."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

from services.city.core.errors import CityError
from services.city.requests.photos.checking import Photo, checked

#: What a form is longer than the photo in it.
_FORM_MARGIN: Final = 10_000

#: How OpenAPI describes the body, which is read by hand.
BODY: Final = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["photo"],
                    "properties": {"photo": {"type": "string", "format": "binary"}},
                }
            },
            **{
                media_type: {"schema": {"type": "string", "format": "binary"}}
                for media_type in ("image/jpeg", "image/png", "image/webp", "application/octet-stream")
            },
        },
    }
}


async def _photo(request: Request) -> Photo:
    most = request.app.state.settings.photo_max_bytes
    if request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        content = await _of_form(request, most)
    else:
        content = await _body(request, most)
    return await run_in_threadpool(checked, content)


async def _body(request: Request, most: int) -> bytes:
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > most:
            raise CityError(413, "photo_too_large", f"A photo has at most {most:,} bytes.")
    return bytes(content)


async def _of_form(request: Request, most: int) -> bytes:
    read = 0

    async def limited() -> AsyncGenerator[bytes]:
        nonlocal read
        async for chunk in request.stream():
            read += len(chunk)
            if read > most + _FORM_MARGIN:
                raise CityError(413, "photo_too_large", f"A photo has at most {most:,} bytes.")
            yield chunk

    try:
        form = await MultiPartParser(request.headers, limited(), max_files=1, max_fields=10).parse()
    except (MultiPartException, HTTPException, KeyError, ValueError, AssertionError) as error:
        raise CityError(422, "invalid_form", "This form cannot be read.") from error
    try:
        part = form.get("photo")
        if not isinstance(part, UploadFile):
            raise CityError(422, "invalid_form", "The form needs a file in its part 'photo'.")
        return await part.read()
    finally:
        await form.close()


#: The uploaded photo, read and checked before anything that waits for the database.
PhotoDep = Annotated[Photo, Depends(_photo)]
