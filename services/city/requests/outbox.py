"""SQL of deliveries to other Open311 servers: written with the request, taken up by the forwarding job."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.city.models.requests import RequestDelivery, ServiceRequest

#: States in which there is something to do when ``next_at`` has come.
_DUE: Final = ("waiting", "sending", "token", "sent")
#: A request whose photos are on their way is not delivered before them, within this time; nor before the next of them.
_PHOTOS_COME: Final = timedelta(minutes=10)
_NEXT_PHOTO: Final = timedelta(seconds=30)


def queue(
    session: Session, request: ServiceRequest, remotes: Iterable[str], now: datetime, *, awaits_photos: bool = False
) -> None:
    """Note that a request is to be delivered to these servers."""
    at = now + _PHOTOS_COME if awaits_photos else now
    session.add_all(
        RequestDelivery(request_id=request.id, remote=remote, state="waiting", attempts=0, next_at=at, updated_at=now)
        for remote in dict.fromkeys(remotes)
    )


def photo_came(session: Session, request_id: int, now: datetime) -> None:
    """Deliver what waited for this photo soon: others may follow it."""
    soon = now + _NEXT_PHOTO
    waiting = (RequestDelivery.request_id == request_id, RequestDelivery.state == "waiting")
    session.execute(
        update(RequestDelivery)
        .where(*waiting, RequestDelivery.attempts == 0, RequestDelivery.next_at > soon)
        .values(next_at=soon)
    )


def due(session: Session, now: datetime, remotes: Sequence[str], most: int) -> list[int]:
    """Return the ids of the deliveries to these servers that something is to be done about, the longest due first."""
    query = select(RequestDelivery.id).where(
        RequestDelivery.state.in_(_DUE), RequestDelivery.next_at <= now, RequestDelivery.remote.in_(remotes)
    )
    return list(session.scalars(query.order_by(RequestDelivery.next_at, RequestDelivery.id).limit(most)))


def taken(session: Session, delivery_id: int, now: datetime, until: datetime) -> RequestDelivery | None:
    """Take a delivery that is due for oneself until an instant, or return None where somebody else was quicker."""
    statement = (
        update(RequestDelivery)
        .where(RequestDelivery.id == delivery_id, RequestDelivery.state.in_(_DUE), RequestDelivery.next_at <= now)
        .values(next_at=until, updated_at=now)
        .returning(RequestDelivery.id)
    )
    if session.execute(statement).scalar_one_or_none() is None:
        return None
    return session.get_one(RequestDelivery, delivery_id, populate_existing=True)


def of(session: Session, request_id: int) -> list[RequestDelivery]:
    """Return a request's deliveries."""
    query = select(RequestDelivery).where(RequestDelivery.request_id == request_id)
    return list(session.scalars(query.order_by(RequestDelivery.id)))


def cancel(session: Session, request_id: int, now: datetime) -> None:
    """Give up the deliveries of a request that have not been sent yet."""
    session.execute(
        update(RequestDelivery)
        .where(RequestDelivery.request_id == request_id, RequestDelivery.state == "waiting")
        .values(state="cancelled", updated_at=now)
    )
