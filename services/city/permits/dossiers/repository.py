"""All SQL of dossiers and inquiries; only datasets in use are seen."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from services.city.core import geo
from services.city.models.datasets import Dataset
from services.city.models.permits import DossierRecord, PermitDocument
from services.city.permits.dossiers.facts import StagesFacts

_Query = TypeVar("_Query", bound="Select[*tuple[Any, ...]]")


def by_reference(session: Session, references: Collection[str]) -> list[DossierRecord]:
    """Return the dossiers of these references in their canonical spelling."""
    query = select(DossierRecord).where(DossierRecord.reference.in_(references))
    return list(session.scalars(_in_use(query).order_by(DossierRecord.reference).limit(20)))


def by_number(session: Session, numbers: Collection[str], most: int) -> list[DossierRecord]:
    """Return the dossiers whose reference has one of these numbers, whatever stands before it."""
    query = select(DossierRecord).where(DossierRecord.number.in_(numbers))
    return list(session.scalars(_in_use(query).order_by(DossierRecord.reference).limit(most)))


def around(session: Session, lat: float, lon: float, radius_m: float) -> list[DossierRecord]:
    """Return the dossiers in the squares that a circle may touch."""
    query = select(DossierRecord).where(DossierRecord.cell.in_(geo.cells_around(lat, lon, radius_m)))
    return list(session.scalars(_in_use(query)))


def inquiries_around(session: Session, on: date, lat: float, lon: float, radius_m: float) -> list[DossierRecord]:
    """Return the dossiers with an inquiry open on a day in the squares that a circle may touch."""
    query = _open(on).where(DossierRecord.cell.in_(geo.cells_around(lat, lon, radius_m)))
    return list(session.scalars(_in_use(query)))


def inquiries(
    session: Session, on: date, communes: Collection[str] | None, *, limit: int, offset: int
) -> tuple[list[DossierRecord], int]:
    """Return a page of the dossiers with an inquiry open on a day, those that end first in front; and their number."""
    query = _open(on)
    if communes is not None:
        query = query.where(DossierRecord.commune_id.in_(communes))
    total = session.scalar(_in_use(query.with_only_columns(func.count(DossierRecord.id)))) or 0
    ordered = query.order_by(DossierRecord.inquiry_end, DossierRecord.reference).limit(limit).offset(offset)
    return list(session.scalars(_in_use(ordered))), total


def datasets(session: Session, records: Iterable[DossierRecord]) -> list[Dataset]:
    """Return the datasets of these dossiers; the register's in use where there is no dossier."""
    ids = {record.dataset_id for record in records}
    query = select(Dataset).where(Dataset.status == "active")
    if ids:
        return list(session.scalars(query.where(Dataset.id.in_(ids))))
    holding = select(DossierRecord.id).where(DossierRecord.dataset_id == Dataset.id).exists()
    return list(session.scalars(query.where(Dataset.topic == "permits", holding)))


def stages(session: Session) -> StagesFacts | None:
    """Return the words for stages, if they were imported."""
    query = select(PermitDocument).where(PermitDocument.kind == "stages")
    query = query.join(Dataset, Dataset.id == PermitDocument.dataset_id).where(Dataset.status == "active")
    record = session.scalars(query.order_by(PermitDocument.dataset_id.desc()).limit(1)).first()
    return StagesFacts.model_validate(record.body) if record else None


def _open(on: date) -> Select[DossierRecord]:
    return select(DossierRecord).where(DossierRecord.inquiry_start <= on, DossierRecord.inquiry_end >= on)


def _in_use(query: _Query) -> _Query:
    return query.join(Dataset, Dataset.id == DossierRecord.dataset_id).where(Dataset.status == "active")
