"""All SQL of appointments and desks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from services.city.models.datasets import Dataset
from services.city.models.idempotency import IdempotencyKey
from services.city.models.permits import Appointment, PermitDocument
from services.city.permits.appointments.facts import DeskFacts


def desk(session: Session, commune: str) -> tuple[DeskFacts | None, list[Dataset]]:
    """Return the desk of a commune, or None, and the dataset that it comes from."""
    query = select(PermitDocument, Dataset).join(Dataset, Dataset.id == PermitDocument.dataset_id)
    query = query.where(Dataset.status == "active", PermitDocument.kind == "desk", PermitDocument.key == commune)
    found = session.execute(query.order_by(PermitDocument.dataset_id.desc()).limit(1)).first()
    return (DeskFacts.model_validate(found[0].body), [found[1]]) if found else (None, [])


def desks(session: Session) -> list[str]:
    """Return the communes whose desks take appointments."""
    query = select(PermitDocument.key).join(Dataset, Dataset.id == PermitDocument.dataset_id)
    query = query.where(Dataset.status == "active", PermitDocument.kind == "desk").distinct()
    return list(session.scalars(query.order_by(PermitDocument.key)))


def taken(session: Session, desk: str, first: datetime, last: datetime) -> Counter[datetime]:
    """Return how many seats are booked in the slots that start in a span, by their start in UTC."""
    query = select(Appointment.starts_at).where(
        Appointment.desk == desk,
        Appointment.starts_at >= first.astimezone(UTC),
        Appointment.starts_at <= last.astimezone(UTC),
        Appointment.cancelled_at.is_(None),
    )
    return Counter(map(utc, session.scalars(query)))


def book(session: Session, row: dict[str, Any], seats: Iterable[int]) -> bool:
    """Insert an appointment at the first of the seats that is free; False where none is.

    The unique index on desk, start and seat decides; another transaction that is booking the seat is waited for.
    """
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    for seat in seats:
        statement = dialect.insert(Appointment).values(**row, seat=seat).on_conflict_do_nothing()
        if session.execute(statement.returning(Appointment.id)).first():
            return True
    return False


def by_reference(session: Session, reference: str) -> Appointment | None:
    """Return the appointment of a reference."""
    return session.scalars(select(Appointment).where(Appointment.reference == reference)).first()


def erase_contacts(session: Session, ended_before: datetime) -> int:
    """Empty name, contact and dossier of the appointments that ended before, or are cancelled; return how many."""
    over = or_(Appointment.ends_at < ended_before.astimezone(UTC), Appointment.cancelled_at.is_not(None))
    kept = or_(Appointment.name.is_not(None), Appointment.contact.is_not(None), Appointment.dossier.is_not(None))
    statement = update(Appointment).where(over, kept).values(name=None, contact=None, dossier=None)
    result = session.execute(statement, execution_options={"synchronize_session": False})
    return int(result.rowcount)  # type: ignore[attr-defined]


def forget_answers(session: Session, reference: str) -> None:
    """Delete the answer that is kept for a retry of the booking: it holds the key."""
    about = IdempotencyKey.body["reference"].as_string() == reference
    session.execute(delete(IdempotencyKey).where(about), execution_options={"synchronize_session": False})


def utc(value: datetime) -> datetime:
    """Return a stored instant with its zone, which SQLite drops."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)
