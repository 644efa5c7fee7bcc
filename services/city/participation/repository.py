"""All SQL of the topic participation; only datasets in use are seen."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from services.city.core.schemas import Commune, Name
from services.city.models.communes import CommuneRecord
from services.city.models.datasets import Dataset
from services.city.models.participation import ParticipationRecord
from services.city.participation.facts import Kind

Record = ParticipationRecord
#: The kind of those that are open at any time.
WAY: Final = "way"


def open_on(
    session: Session, day: date, commune: str | None, kind: Kind | None, *, limit: int, offset: int
) -> tuple[list[Record], int]:
    """Return a page of what is open on a day, a commune's own before the Region's, and how many there are."""
    query = _within(_in_use(select(Record)), commune, kind).where(Record.opens <= day, Record.closes >= day)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(*_own_first(commune), Record.closes, Record.entry_id)
    return list(session.scalars(ordered.limit(limit).offset(offset))), total


def opening_after(session: Session, day: date, commune: str | None, kind: Kind | None, most: int) -> list[Record]:
    """Return what opens later, soonest first."""
    query = _within(_in_use(select(Record)), commune, kind).where(Record.opens > day)
    return list(session.scalars(query.order_by(Record.opens, Record.entry_id).limit(most)))


def ways(session: Session) -> list[Record]:
    """Return the ways that are open at any time, in the file's order."""
    query = _in_use(select(Record)).where(Record.kind == WAY)
    return list(session.scalars(query.order_by(Record.dataset_id.desc(), Record.position)))


def communes(session: Session) -> dict[str, Commune]:
    """Return the communes by their ids."""
    query = (
        select(CommuneRecord)
        .join(Dataset, Dataset.id == CommuneRecord.dataset_id)
        .where(Dataset.status == "active")
        .order_by(CommuneRecord.dataset_id, CommuneRecord.position)
    )
    records = session.scalars(query)
    return {each.slug: Commune(id=each.slug, name=Name.model_validate(each.body["names"])) for each in records}


def datasets(session: Session, records: list[Record]) -> list[Dataset]:
    """Return the datasets that records come from."""
    ids = {record.dataset_id for record in records}
    return list(session.scalars(select(Dataset).where(Dataset.id.in_(ids)).order_by(Dataset.id.desc()))) if ids else []


def _in_use(query: Select[Record]) -> Select[Record]:
    return query.join(Dataset, Dataset.id == Record.dataset_id).where(Dataset.status == "active")


def _within(query: Select[Record], commune: str | None, kind: Kind | None) -> Select[Record]:
    if kind is not None:
        query = query.where(Record.kind == kind)
    if commune is not None:
        query = query.where(or_(Record.commune_id == commune, Record.commune_id.is_(None)))
    return query


def _own_first(commune: str | None) -> list[ColumnElement[bool]]:
    return [Record.commune_id.is_(None)] if commune is not None else []
