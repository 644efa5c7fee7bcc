"""Imported versions of each feed: built beside the version in use, then switched to in one transaction."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from services.city.models.base import Base


class Dataset(Base):
    """One version of one feed's data. At most one dataset a feed is ``active``."""

    __tablename__ = "datasets"
    __table_args__ = (
        Index(
            "uq_datasets_active_feed",
            "feed",
            unique=True,
            sqlite_where=text("status = 'active'"),
            postgresql_where=text("status = 'active'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    feed: Mapped[str] = mapped_column(String(80), index=True)  # e.g. "gtfs:sample", "best:bebru", "waste:rounds"
    topic: Mapped[str] = mapped_column(String(40), index=True)  # places, transport, waste, permits, communes
    status: Mapped[str] = mapped_column(String(16))  # building, active, superseded
    imported_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)
    source_name: Mapped[str] = mapped_column(String(200))
    source_url: Mapped[str | None] = mapped_column(String(500))
    licence: Mapped[str | None] = mapped_column(String(200))
    sample: Mapped[bool] = mapped_column(Boolean, default=False)
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
