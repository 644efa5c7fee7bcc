"""SQL of photos: which there are, and which request each belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from services.city.core.errors import NotFoundError
from services.city.models.requests import RequestPhoto


def add(session: Session, photo: RequestPhoto) -> None:
    """Store what is known of a photo."""
    session.add(photo)
    session.flush()


def exists(session: Session, photo_id: str) -> bool:
    """Tell whether there is a photo of that id."""
    return session.scalar(select(RequestPhoto.id).where(RequestPhoto.id == photo_id)) is not None


def of(session: Session, request_id: int) -> list[RequestPhoto]:
    """Return a request's photos in their order."""
    query = select(RequestPhoto).where(RequestPhoto.request_id == request_id)
    return list(session.scalars(query.order_by(RequestPhoto.position)))


def count(session: Session, request_id: int) -> int:
    """Return how many photos a request has."""
    query = select(func.count()).select_from(RequestPhoto).where(RequestPhoto.request_id == request_id)
    return session.scalar(query) or 0


def claim(session: Session, request_id: int, photo_ids: Sequence[str]) -> None:
    """Make photos those of a request, in this order.

    Raises NotFoundError ``photo_not_found`` where one is not there, or belongs to a request already.
    """
    for position, photo_id in enumerate(dict.fromkeys(photo_ids)):
        statement = (
            update(RequestPhoto)
            .where(RequestPhoto.id == photo_id, RequestPhoto.request_id.is_(None))
            .values(request_id=request_id, position=position)
            .returning(RequestPhoto.id)
        )
        if session.execute(statement).scalar_one_or_none() is None:
            detail = f"There is no photo {photo_id} that waits for its request."
            raise NotFoundError("photo_not_found", detail)


def remove_of(session: Session, request_id: int) -> list[str]:
    """Delete a request's photos and return their ids, for the store."""
    statement = delete(RequestPhoto).where(RequestPhoto.request_id == request_id).returning(RequestPhoto.id)
    return list(session.scalars(statement, execution_options={"synchronize_session": False}))


def remove_orphans(session: Session, before: datetime) -> list[str]:
    """Delete the photos older than an instant that belong to no request, and return their ids, for the store."""
    statement = delete(RequestPhoto).where(RequestPhoto.request_id.is_(None), RequestPhoto.created_at < before)
    return list(session.scalars(statement.returning(RequestPhoto.id), execution_options={"synchronize_session": False}))
