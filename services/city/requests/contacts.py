"""SQL of the people behind requests: who made or follows one, found by nothing but the request."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from services.city.models.requests import RequestContact, ServiceRequest


def of(session: Session, request_id: int, role: str) -> list[RequestContact]:
    """Return the contacts of a request in a role (``reporter`` or ``follower``)."""
    query = select(RequestContact).where(RequestContact.request_id == request_id, RequestContact.role == role)
    return list(session.scalars(query.order_by(RequestContact.id)))


def same(session: Session, request_id: int, digest: str) -> RequestContact | None:
    """Return the contact of the same person with a request, as reporter or follower."""
    query = select(RequestContact).where(RequestContact.request_id == request_id, RequestContact.digest == digest)
    return session.scalars(query.order_by(RequestContact.id).limit(1)).first()


def by_secret(session: Session, request_id: int, secret_sha256: str) -> RequestContact | None:
    """Return the follower who was given a key."""
    query = select(RequestContact).where(
        RequestContact.request_id == request_id,
        RequestContact.role == "follower",
        RequestContact.secret_sha256 == secret_sha256,
    )
    return session.scalars(query.limit(1)).first()


def erase(session: Session, request_id: int) -> int:
    """Delete who made a request; return how many contacts are gone."""
    statement = delete(RequestContact).where(RequestContact.request_id == request_id, RequestContact.role == "reporter")
    return _count(session, statement)


def erase_closed_before(session: Session, moment: datetime) -> int:
    """Delete all contacts of the requests that were closed before; return how many are gone."""
    closed = select(ServiceRequest.id).where(ServiceRequest.closed_at < moment)
    return _count(session, delete(RequestContact).where(RequestContact.request_id.in_(closed)))


def count(session: Session) -> int:
    """Return how many contacts are kept."""
    return session.scalar(select(func.count()).select_from(RequestContact)) or 0


def _count(session: Session, statement: object) -> int:
    result = session.execute(statement, execution_options={"synchronize_session": False})  # type: ignore[call-overload]
    return int(result.rowcount)
