"""What residents can take part in.

``body`` is the JSON of ``Opportunity`` or ``Way`` of ``services.city.participation.facts``.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.city.models.base import Base


class ParticipationRecord(Base):
    """One opportunity, with its days; or a way to have a say at any time, with none."""

    __tablename__ = "participation"
    __table_args__ = (
        Index("uq_participation_dataset_entry", "dataset_id", "entry_id", unique=True),
        Index("ix_participation_dataset_closes", "dataset_id", "closes", "opens"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    entry_id: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(Integer)  # in the file, from 0
    kind: Mapped[str] = mapped_column(String(24))  # a Kind, or "way"
    commune_id: Mapped[str | None] = mapped_column(String(60))  # None: the whole Region
    opens: Mapped[date | None] = mapped_column(Date)
    closes: Mapped[date | None] = mapped_column(Date)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
