"""SQL of what GeoReport v2 asks for: requests by their ids, by a span of time, by the key of who posted them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.city.models.requests import ServiceRequest


@dataclass(frozen=True)
class Search:
    """What requests are searched by; empty collections leave nothing out."""

    first: datetime
    last: datetime
    codes: Collection[str]
    statuses: Collection[str]


def by_references(session: Session, references: Collection[str]) -> Sequence[ServiceRequest]:
    """Return the requests of these references."""
    query = select(ServiceRequest).where(ServiceRequest.reference.in_(references))
    return session.scalars(query.order_by(ServiceRequest.id)).all()


def found(session: Session, search: Search, *, limit: int, offset: int) -> Sequence[ServiceRequest]:
    """Return the requests that others may see, the newest first."""
    query = select(ServiceRequest).where(
        ServiceRequest.public,
        ServiceRequest.created_at >= search.first.astimezone(UTC),
        ServiceRequest.created_at <= search.last.astimezone(UTC),
    )
    if search.codes:
        query = query.where(ServiceRequest.service_code.in_(search.codes))
    if set(search.statuses) == {"open"}:
        query = query.where(ServiceRequest.closed_at.is_(None))
    elif set(search.statuses) == {"closed"}:
        query = query.where(ServiceRequest.closed_at.is_not(None))
    query = query.order_by(ServiceRequest.created_at.desc(), ServiceRequest.id.desc())
    return session.scalars(query.limit(limit).offset(offset)).all()


def by_secret(session: Session, secret_sha256: str) -> ServiceRequest | None:
    """Return the request that a key was told for."""
    return session.scalar(select(ServiceRequest).where(ServiceRequest.secret_sha256 == secret_sha256))
