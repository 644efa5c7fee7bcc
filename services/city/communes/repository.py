"""All SQL of the topic communes; only datasets in use are seen."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from services.city.communes.facts import CommuneFacts, ContactFacts
from services.city.models.communes import CommuneRecord, ContactRecord
from services.city.models.datasets import Dataset

_Record = TypeVar("_Record", CommuneRecord, ContactRecord)


def communes(session: Session) -> tuple[list[CommuneFacts], list[Dataset]]:
    """Return all communes in the file's order, and the datasets that they come from."""
    records = list(session.scalars(_in_use(select(CommuneRecord), CommuneRecord)))
    return [CommuneFacts.model_validate(record.body) for record in records], _datasets(session, records)


def commune(session: Session, slug: str) -> tuple[CommuneFacts | None, list[Dataset]]:
    """Return one commune, or None, and the dataset that it comes from."""
    query = _in_use(select(CommuneRecord).where(CommuneRecord.slug == slug), CommuneRecord)
    records = list(session.scalars(query.limit(1)))
    facts = CommuneFacts.model_validate(records[0].body) if records else None
    return facts, _datasets(session, records)


def contacts(session: Session, kind: str | None = None) -> tuple[list[ContactFacts], list[Dataset]]:
    """Return all contacts, or those of a kind, in the order in which to show them, and their datasets."""
    query = _in_use(select(ContactRecord), ContactRecord)
    if kind is not None:
        query = query.where(ContactRecord.kind == kind)
    records = list(session.scalars(query))
    return [ContactFacts.model_validate(record.body) for record in records], _datasets(session, records)


def _in_use(query: Select[_Record], record: type[CommuneRecord] | type[ContactRecord]) -> Select[_Record]:
    query = query.join(Dataset, Dataset.id == record.dataset_id).where(Dataset.status == "active")
    return query.order_by(record.dataset_id.desc(), record.position)


def _datasets(session: Session, records: list[CommuneRecord] | list[ContactRecord]) -> list[Dataset]:
    ids = {record.dataset_id for record in records}
    return list(session.scalars(select(Dataset).where(Dataset.id.in_(ids)))) if ids else []
