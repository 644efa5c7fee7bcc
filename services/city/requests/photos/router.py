"""Endpoints of photos."""

from __future__ import annotations

import hashlib
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel

from services.city.core.dependencies import ClockDep, SessionDep, WriteSessionDep
from services.city.core.errors import NotFoundError, documented
from services.city.core.idempotency import KeyHeader, once
from services.city.requests import service
from services.city.requests.dependencies import PhotoStoreDep, Reference, RequestKeyHeader
from services.city.requests.photos import adding, repository
from services.city.requests.photos.checking import MEDIA_TYPE
from services.city.requests.photos.uploads import BODY, PhotoDep
from services.city.requests.schemas import PhotoAnswer

router = APIRouter(prefix="/v1/requests", tags=["requests"])

PhotoId = Annotated[
    str,
    Path(description="The photo's id.", examples=["0b8f0c6e5b4f0c9f3a2f1a4b7c9d1000"], pattern=r"^[0-9a-f]{32}$"),
]

#: A photo is a picture and nothing else, whatever a browser makes of it.
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Disposition": 'inline; filename="photo.jpg"',
    "Cache-Control": "private, max-age=3600",
    "Referrer-Policy": "no-referrer",
}


class _Uploaded(BaseModel):
    sha256: str


class _Added(_Uploaded):
    reference: str


@router.post(
    "/photos",
    operation_id="upload_photo",
    summary="Upload a photo for a request",
    response_description="The photo as it was stored.",
    status_code=HTTPStatus.CREATED,
    responses=documented(413, 415, 422, 503),
    openapi_extra=BODY,
)
def upload_photo(
    photo: PhotoDep, session: WriteSessionDep, clock: ClockDep, store: PhotoStoreDep, key: KeyHeader = None
) -> PhotoAnswer:
    """Take a JPEG, PNG, WebP or HEIC picture, as the body or as the part `photo` of a form, and store it as a new JPEG.

    What the picture is, is seen in it; names and types that come along count for nothing. The stored picture has no
    metadata: where and with what it was taken is gone. A photo that no request takes up within a day is deleted.
    Errors: `not_a_photo`, `photo_moving` (415), `photo_too_large` (413), `photo_broken` and `invalid_form` (422).
    """
    now = clock.now()
    asked = _Uploaded(sha256=hashlib.sha256(photo.content).hexdigest())
    write = partial(adding.add, session, store, photo, now)
    answer: dict[str, Any] = once(session, key, scope="upload_photo", asked=asked, now=now, write=write)
    return PhotoAnswer.model_validate(answer)


@router.post(
    "/{reference}/photos",
    operation_id="add_photo",
    summary="Add a photo to a request that was made",
    response_description="The photo as it was stored.",
    status_code=HTTPStatus.CREATED,
    responses=documented(403, 404, 409, 413, 415, 422, 503),
    openapi_extra=BODY,
)
def add_photo(
    *,
    reference: Reference,
    photo: PhotoDep,
    session: WriteSessionDep,
    clock: ClockDep,
    store: PhotoStoreDep,
    request_key: RequestKeyHeader = None,
    key: KeyHeader = None,
) -> PhotoAnswer:
    """Take a picture as `POST /v1/requests/photos` does, for who made the request, as its key shows.

    Errors beyond those: `request_not_found` (404), `wrong_key` (403), `not_changeable` where the request is closed or
    erased, `too_many_photos` (409).
    """
    now, request = clock.now(), service.find(session, reference)
    asked = _Added(reference=request.reference, sha256=hashlib.sha256(photo.content).hexdigest())
    write = partial(adding.add_to, session, store, photo, now, request=request, key=request_key)
    answer: dict[str, Any] = once(session, key, scope="add_photo", asked=asked, now=now, write=write)
    return PhotoAnswer.model_validate(answer)


@router.get(
    "/photos/{photo_id}",
    operation_id="photo",
    summary="A photo of a request",
    response_description="The picture.",
    response_class=Response,
    responses={
        **documented(404, 422, 503),
        200: {"content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}},
    },
)
def photo(photo_id: PhotoId, session: SessionDep, store: PhotoStoreDep) -> Response:
    """Return a photo by its id, which only those know who were shown it. Errors: `photo_not_found` (404)."""
    content = store.read(photo_id) if repository.exists(session, photo_id) else None
    if content is None:
        raise NotFoundError("photo_not_found", "There is no photo of that id.")
    return Response(content, media_type=MEDIA_TYPE, headers=_HEADERS)
