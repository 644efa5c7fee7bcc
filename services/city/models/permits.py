"""Permit procedures and advice, each as one checked document.

``body`` is the JSON of ``services.city.permits.facts.ProcedureFacts`` and of
``services.city.permits.advice.facts.ProjectFacts``.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from services.city.models.base import Base


class ProcedureRecord(Base):
    """One procedure, with what differs by commune."""

    __tablename__ = "permit_procedures"
    __table_args__ = (Index("uq_permit_procedures_dataset_procedure", "dataset_id", "procedure_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    procedure_id: Mapped[str] = mapped_column(String(60))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class ProjectRecord(Base):
    """The decision table of one kind of works or use."""

    __tablename__ = "permit_projects"
    __table_args__ = (Index("uq_permit_projects_dataset_project", "dataset_id", "project_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    project_id: Mapped[str] = mapped_column(String(60))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
