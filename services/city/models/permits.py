"""Permit procedures, advice and other documents, each checked as a whole; and the register of applications.

``body`` is the JSON of ``services.city.permits.facts.ProcedureFacts`` and of
``services.city.permits.advice.facts.ProjectFacts``.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, DateTime, Float, ForeignKey, Index, Integer, String, Text, text
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


class DossierRecord(Base):
    """An application in the register, with nothing about who applied."""

    __tablename__ = "permit_dossiers"
    __table_args__ = (
        Index("uq_permit_dossiers_dataset_reference", "dataset_id", "reference", unique=True),
        Index("ix_permit_dossiers_dataset_number", "dataset_id", "number"),
        Index("ix_permit_dossiers_dataset_inquiry", "dataset_id", "inquiry_end", "inquiry_start"),
        Index("ix_permit_dossiers_dataset_cell", "dataset_id", "cell", "inquiry_end"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    #: In the canonical spelling of ``services.city.permits.dossiers.references``; ``number`` is its digits.
    reference: Mapped[str] = mapped_column(String(60))
    number: Mapped[str] = mapped_column(String(60))
    layer: Mapped[str] = mapped_column(String(24))  # PlanningPermits, EnvironmentalPermits
    procedure_type: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str | None] = mapped_column(String(16))
    commune_id: Mapped[str | None] = mapped_column(String(60))
    postcode: Mapped[str | None] = mapped_column(Text)
    street_fr: Mapped[str | None] = mapped_column(Text)
    street_nl: Mapped[str | None] = mapped_column(Text)
    number_from: Mapped[str | None] = mapped_column(Text)
    number_to: Mapped[str | None] = mapped_column(Text)
    object_fr: Mapped[str | None] = mapped_column(Text)
    object_nl: Mapped[str | None] = mapped_column(Text)
    authority_fr: Mapped[str | None] = mapped_column(Text)
    authority_nl: Mapped[str | None] = mapped_column(Text)
    received: Mapped[date | None] = mapped_column(Date)
    acknowledged: Mapped[date | None] = mapped_column(Date)
    inquiry_start: Mapped[date | None] = mapped_column(Date)
    inquiry_end: Mapped[date | None] = mapped_column(Date)
    consultation: Mapped[date | None] = mapped_column(Date)
    decided: Mapped[date | None] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    #: Square of the grid that the point lies in: see ``services.city.core.geo``.
    cell: Mapped[int | None] = mapped_column(Integer)


class PermitDocument(Base):
    """Another checked document: the words for stages (``stages``), the planning desk of a commune (``desk``)."""

    __tablename__ = "permit_documents"
    __table_args__ = (Index("uq_permit_documents_dataset_kind_key", "dataset_id", "kind", "key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(60))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class Appointment(Base):
    """A booked seat at a planning desk. Name and contact are emptied once the appointment is over or cancelled.

    A slot has as many seats as the desk takes people at once; of the appointments that stand, no two have the same.
    """

    __tablename__ = "permit_appointments"
    __table_args__ = (
        Index("uq_permit_appointments_reference", "reference", unique=True),
        Index(
            "uq_permit_appointments_seat",
            "desk",
            "starts_at",
            "seat",
            unique=True,
            sqlite_where=text("cancelled_at IS NULL"),
            postgresql_where=text("cancelled_at IS NULL"),
        ),
        Index("ix_permit_appointments_ends_at", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(24))
    key_sha256: Mapped[str] = mapped_column(String(64))
    desk: Mapped[str] = mapped_column(String(60))  # the commune's slug
    subject: Mapped[str] = mapped_column(String(60))
    starts_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ends_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    seat: Mapped[int] = mapped_column(Integer)
    dossier: Mapped[str | None] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(2))
    name: Mapped[str | None] = mapped_column(String(80))
    contact: Mapped[str | None] = mapped_column(String(200))
    booked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    cancelled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
