"""SQL of requests: what can be requested, the requests with their steps, and those around a point."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from services.city.core import geo
from services.city.models.datasets import Dataset
from services.city.models.requests import (
    ExternalRequest,
    RequestCounter,
    RequestDocument,
    RequestStep,
    ServiceRequest,
)


def datasets(session: Session) -> list[Dataset]:
    """Return the data sets in use that say what can be requested, newest first."""
    query = select(Dataset).where(Dataset.topic == "requests", Dataset.status == "active")
    return list(session.scalars(query.order_by(Dataset.imported_at.desc(), Dataset.id.desc())))


def documents(session: Session) -> list[RequestDocument]:
    """Return all services, stages and outlines; those of the newest data set last."""
    query = select(RequestDocument).join(Dataset, Dataset.id == RequestDocument.dataset_id)
    query = query.where(Dataset.status == "active").order_by(RequestDocument.dataset_id, RequestDocument.position)
    return list(session.scalars(query))


def next_number(session: Session, year: int) -> int:
    """Return a number that no other request of the year has; who asks at the same time waits for this transaction."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(RequestCounter).values(year=year, last=1)
    statement = statement.on_conflict_do_update(index_elements=["year"], set_={"last": RequestCounter.last + 1})
    return int(session.execute(statement.returning(RequestCounter.last)).scalar_one())


def add(session: Session, request: ServiceRequest, at: datetime) -> None:
    """Store a request with its first step."""
    session.add(request)
    session.flush()
    session.add(RequestStep(request_id=request.id, at=at, stage=request.stage, note={}))
    session.flush()


def by_reference(session: Session, reference: str) -> ServiceRequest | None:
    """Return a request."""
    return session.scalar(select(ServiceRequest).where(ServiceRequest.reference == reference))


def steps(session: Session, request_id: int) -> list[RequestStep]:
    """Return a request's steps in the order in which they happened."""
    query = select(RequestStep).where(RequestStep.request_id == request_id)
    return list(session.scalars(query.order_by(RequestStep.at, RequestStep.id)))


def add_step(session: Session, request: ServiceRequest, step: RequestStep, *, closed: bool) -> None:
    """Store a request's next step."""
    session.add(step)
    request.stage, request.updated_at = step.stage, step.at
    request.closed_at = (request.closed_at or step.at) if closed else None
    session.flush()


def open_around(
    session: Session, lat: float, lon: float, radius_m: float, codes: Collection[str] | None
) -> Sequence[ServiceRequest]:
    """Return the open requests that others may see in the square around a circle, of these services."""
    away_lat, away_lon = geo.spans(lat, radius_m)
    query = select(ServiceRequest).where(
        ServiceRequest.cell.in_(geo.cells_around(lat, lon, radius_m)),
        ServiceRequest.lat.between(lat - away_lat, lat + away_lat),
        ServiceRequest.lon.between(lon - away_lon, lon + away_lon),
        # As a truth: of all that is open, SQLite would otherwise look through the whole Region's.
        ServiceRequest.closed_at.is_(None).is_(true()),
        ServiceRequest.public,
    )
    # In Python for the same reason: few are there, whatever they are about.
    found = session.scalars(query.order_by(ServiceRequest.id))
    return [each for each in found if codes is None or each.service_code in codes]


def external_around(
    session: Session, lat: float, lon: float, radius_m: float, codes: Collection[str] | None
) -> Sequence[tuple[ExternalRequest, Dataset]]:
    """Return the open requests of other systems in the square around a circle, with their data sets."""
    away_lat, away_lon = geo.spans(lat, radius_m)
    query = (
        select(ExternalRequest, Dataset)
        .join(Dataset, Dataset.id == ExternalRequest.dataset_id)
        .where(
            Dataset.status == "active",
            ExternalRequest.cell.in_(geo.cells_around(lat, lon, radius_m)),
            ExternalRequest.lat.between(lat - away_lat, lat + away_lat),
            ExternalRequest.lon.between(lon - away_lon, lon + away_lon),
            ExternalRequest.closed.is_(False),
        )
    )
    if codes is not None:
        query = query.where(ExternalRequest.service_code.in_(codes))
    return [(request, dataset) for request, dataset in session.execute(query.order_by(ExternalRequest.id))]
