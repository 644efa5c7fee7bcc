"""The record of acts that somebody has to answer for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.city.models.base import Base


class AuditNote(Base):
    """Who did what to how much, and when. Of whom or what is not in it."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    who: Mapped[str] = mapped_column(String(60))  # resident, staff, retention
    what: Mapped[str] = mapped_column(String(60))  # erase_request, advance_request …
    count: Mapped[int] = mapped_column(Integer)  # of how many requests, contacts, photos
