"""How each outside source that is watched is doing: last attempt, last success, failures, calls of the day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, Date, DateTime, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.city.models.base import Base


class FeedState(Base):
    """The state of one source, by its name in ``services/importers/sources.py``. Instants are UTC."""

    __tablename__ = "feed_states"

    source: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(String(500))
    feed: Mapped[str | None] = mapped_column(String(80))  # the data set that it is imported as, where it is one
    enabled: Mapped[bool] = mapped_column(Boolean, default=False)
    refresh_s: Mapped[int] = mapped_column(Integer)
    quota: Mapped[int | None] = mapped_column(Integer)  # calls a day

    attempted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    succeeded_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    changed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    next_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # not asked before
    leased_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))  # somebody is asking right now

    failures: Mapped[int] = mapped_column(Integer, default=0)  # in a row
    error: Mapped[str | None] = mapped_column(String(500))
    etag: Mapped[str | None] = mapped_column(String(300))
    last_modified: Mapped[str | None] = mapped_column(String(100))
    calls_on: Mapped[date | None] = mapped_column(Date)
    calls: Mapped[int] = mapped_column(Integer, default=0)  # on that day, UTC
