"""Stores photos: one that waits for its request, and one that follows a request which was made already."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from sqlalchemy.orm import Session

from services.city.core.errors import CityError
from services.city.models.requests import RequestPhoto, ServiceRequest
from services.city.requests import catalogue, keys, outbox
from services.city.requests.answering import own_source, photo_path
from services.city.requests.photos import repository
from services.city.requests.photos.checking import Photo
from services.city.requests.photos.store import PhotoStore
from services.city.requests.schemas import PhotoAnswer

#: Most photos of one request.
MOST: Final = 5


def add(session: Session, store: PhotoStore, photo: Photo, now: datetime) -> PhotoAnswer:
    """Store a photo that belongs to no request yet; the caller commits."""
    return _stored(session, store, photo, now)


def add_to(
    session: Session, store: PhotoStore, photo: Photo, now: datetime, *, request: ServiceRequest, key: str | None
) -> PhotoAnswer:
    """Store a photo of a request, for who made it; the caller commits.

    Raises CityError ``wrong_key`` (403), ``not_changeable`` where the request is closed or erased and
    ``too_many_photos`` (409).
    """
    if key is None or not keys.fits(key, request.secret_sha256):
        raise CityError(HTTPStatus.FORBIDDEN, "wrong_key", "This key does not belong to the request.")
    if request.erased_at is not None or request.closed_at is not None:
        raise CityError(HTTPStatus.CONFLICT, "not_changeable", "The request is over: nothing is added to it.")
    position = repository.count(session, request.id)
    if position >= MOST:
        raise CityError(HTTPStatus.CONFLICT, "too_many_photos", f"A request has at most {MOST} photos.")
    answer = _stored(session, store, photo, now, request_id=request.id, position=position)
    outbox.photo_came(session, request.id, now.astimezone(UTC))
    return answer


def _stored(
    session: Session,
    store: PhotoStore,
    photo: Photo,
    now: datetime,
    *,
    request_id: int | None = None,
    position: int = 0,
) -> PhotoAnswer:
    photo_id = store.add(photo.content)
    row = RequestPhoto(
        id=photo_id,
        request_id=request_id,
        position=position,
        width=photo.width,
        height=photo.height,
        size=len(photo.content),
        created_at=now.astimezone(UTC),
    )
    repository.add(session, row)
    return PhotoAnswer(
        source=own_source(catalogue.current(session), now),
        as_of=now,
        id=photo_id,
        url=photo_path(photo_id),
        width=photo.width,
        height=photo.height,
    )
