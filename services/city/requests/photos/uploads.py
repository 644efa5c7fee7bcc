"""The photo that was uploaded with a request: read, checked, made anew."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from services.city.core.errors import CityError
from services.city.requests.photos.checking import Photo, checked
from services.common.uploads import BODY, UploadError, photo_of

__all__ = ["BODY", "PhotoDep"]

_INVALID: Final = "The form cannot be read, or has no file in its part 'photo'."


async def _photo(request: Request) -> Photo:
    most = request.app.state.settings.photo_max_bytes
    try:
        content = await photo_of(request, most)
    except UploadError as error:
        if error.code == "invalid_form":
            raise CityError(422, error.code, _INVALID) from error
        raise CityError(413, error.code, f"A photo has at most {most:,} bytes.") from error
    return await run_in_threadpool(checked, content)


#: The uploaded photo, read and checked before anything that waits for the database.
PhotoDep = Annotated[Photo, Depends(_photo)]
