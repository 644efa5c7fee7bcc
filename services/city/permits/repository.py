"""All SQL of the topic permits; only datasets in use are seen."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from services.city.core.schemas import Commune, Name
from services.city.models.communes import CommuneRecord
from services.city.models.datasets import Dataset
from services.city.models.permits import ProcedureRecord
from services.city.permits.facts import ProcedureFacts


def procedures(session: Session) -> tuple[list[ProcedureFacts], list[Dataset]]:
    """Return all procedures, and the datasets that they come from; of the newest, should two hold one."""
    records = list(session.scalars(_in_use(select(ProcedureRecord))))
    newest = {record.procedure_id: record for record in reversed(records)}
    facts = [ProcedureFacts.model_validate(record.body) for record in newest.values()]
    return facts, _datasets(session, list(newest.values()))


def procedure(session: Session, procedure_id: str) -> tuple[ProcedureFacts | None, list[Dataset]]:
    """Return one procedure, or None, and the dataset that it comes from."""
    query = _in_use(select(ProcedureRecord).where(ProcedureRecord.procedure_id == procedure_id))
    record = session.scalars(query.limit(1)).first()
    if record is None:
        return None, []
    return ProcedureFacts.model_validate(record.body), _datasets(session, [record])


def communes(session: Session) -> dict[str, Commune]:
    """Return the communes by their ids, in the order in which they are kept."""
    query = (
        select(CommuneRecord)
        .join(Dataset, Dataset.id == CommuneRecord.dataset_id)
        .where(Dataset.status == "active")
        .order_by(CommuneRecord.dataset_id, CommuneRecord.position)
    )
    found = {}
    for record in session.scalars(query):
        names = record.body["names"]
        found[record.slug] = Commune(id=record.slug, name=Name(fr=names["fr"], nl=names["nl"]))
    return found


def _in_use(query: Select[ProcedureRecord]) -> Select[ProcedureRecord]:
    query = query.join(Dataset, Dataset.id == ProcedureRecord.dataset_id).where(Dataset.status == "active")
    return query.order_by(ProcedureRecord.dataset_id.desc(), ProcedureRecord.procedure_id)


def _datasets(session: Session, records: list[ProcedureRecord]) -> list[Dataset]:
    ids = {record.dataset_id for record in records}
    return list(session.scalars(select(Dataset).where(Dataset.id.in_(ids)).order_by(Dataset.id.desc()))) if ids else []
