"""Waste: the sorting guide and the rules as checked documents, and the places to bring things to.

``body`` is the JSON of the topic's facts; the columns beside it are what is asked for.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.city.models.base import Base


class WasteDocument(Base):
    """One thing of the sorting guide, one destination, one word for several things, or one rule."""

    __tablename__ = "waste_documents"
    __table_args__ = (Index("uq_waste_documents_document", "dataset_id", "kind", "document_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))  # item, destination, ambiguity, rule
    document_id: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(Integer)  # in the files, from 0
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class WastePoint(Base):
    """A container park or a drop-off point."""

    __tablename__ = "waste_points"
    __table_args__ = (
        Index("uq_waste_points_point", "dataset_id", "point_id", unique=True),
        Index("ix_waste_points_lat", "dataset_id", "lat"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    point_id: Mapped[str] = mapped_column(String(80))
    lat: Mapped[float] = mapped_column(Float)
    lon: Mapped[float] = mapped_column(Float)
    position: Mapped[int] = mapped_column(Integer)  # in the files, from 0
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
