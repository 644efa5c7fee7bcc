"""Real time as each source last told it, and messages that somebody wrote down: see docs/adr/0008-real-time.md."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, DateTime, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from services.city.models.base import Base


class RealtimeSnapshot(Base):
    """All that one source last said, as one row: a poll is one small write, and readers see it whole or not at all.

    ``version`` grows by one a poll; readers look at it before they unpack ``body``.
    """

    __tablename__ = "realtime_snapshots"

    source: Mapped[str] = mapped_column(String(80), primary_key=True)  # e.g. "stib:waiting-times"
    kind: Mapped[str] = mapped_column(String(16))  # passings, trips, messages
    feed: Mapped[str] = mapped_column(String(80))  # the timetable whose ids it uses, e.g. "gtfs:stibmivb"
    version: Mapped[int] = mapped_column(Integer)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))  # the time that its facts are of
    fetched_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    source_name: Mapped[str] = mapped_column(String(200))
    source_url: Mapped[str | None] = mapped_column(String(500))
    licence: Mapped[str | None] = mapped_column(String(200))
    sample: Mapped[bool] = mapped_column(Boolean, default=False)
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    body: Mapped[bytes] = mapped_column(LargeBinary)  # services.city.transport.realtime.forms


class WrittenMessage(Base):
    """A message for travellers from a file, with the time in which it holds."""

    __tablename__ = "transport_messages"

    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)  # in the file
    body: Mapped[dict[str, Any]] = mapped_column(JSON)  # services.city.transport.realtime.forms.Message
