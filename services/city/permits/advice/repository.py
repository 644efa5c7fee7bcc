"""All SQL of advice; only datasets in use are seen."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from services.city.models.datasets import Dataset
from services.city.models.permits import ProjectRecord
from services.city.permits.advice.facts import ProjectFacts


def projects(session: Session) -> tuple[list[ProjectFacts], list[Dataset]]:
    """Return all projects, and the datasets that they come from; of the newest, should two hold one."""
    records = list(session.scalars(_in_use(select(ProjectRecord))))
    newest = list({record.project_id: record for record in reversed(records)}.values())
    return [ProjectFacts.model_validate(record.body) for record in newest], _datasets(session, newest)


def project(session: Session, project_id: str) -> tuple[ProjectFacts | None, list[Dataset]]:
    """Return one project, or None, and the dataset that it comes from."""
    query = _in_use(select(ProjectRecord).where(ProjectRecord.project_id == project_id))
    record = session.scalars(query.limit(1)).first()
    if record is None:
        return None, []
    return ProjectFacts.model_validate(record.body), _datasets(session, [record])


def _in_use(query: Select[ProjectRecord]) -> Select[ProjectRecord]:
    query = query.join(Dataset, Dataset.id == ProjectRecord.dataset_id).where(Dataset.status == "active")
    return query.order_by(ProjectRecord.dataset_id.desc(), ProjectRecord.project_id)


def _datasets(session: Session, records: list[ProjectRecord]) -> list[Dataset]:
    ids = {record.dataset_id for record in records}
    return list(session.scalars(select(Dataset).where(Dataset.id.in_(ids)).order_by(Dataset.id.desc()))) if ids else []
