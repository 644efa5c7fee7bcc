"""Waste: calendars of rounds, the parts of streets that have them, and the holidays without a round.

Many parts share one calendar; ``rounds`` is the JSON of ``services.city.waste.rounds.Round``, one object a round.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, ForeignKeyConstraint, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.city.models.base import Base


class WasteCalendar(Base):
    """The rounds that some parts of streets have in common."""

    __tablename__ = "waste_calendars"

    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)  # in its dataset, from 0
    rounds: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class WastePart(Base):
    """A street, or the part of it between two house numbers on one side or both."""

    __tablename__ = "waste_parts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["dataset_id", "calendar"],
            ["waste_calendars.dataset_id", "waste_calendars.number"],
            name="fk_waste_parts_calendar_waste_calendars",
            ondelete="CASCADE",
        ),
        Index("ix_waste_parts_street_id", "street_id"),
        Index("ix_waste_parts_dataset_calendar", "dataset_id", "calendar"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    street_id: Mapped[int] = mapped_column(Integer)
    #: First and last house number, both included; None is an open end.
    number_from: Mapped[int | None] = mapped_column(Integer)
    number_to: Mapped[int | None] = mapped_column(Integer)
    side: Mapped[str] = mapped_column(String(4))  # both, odd, even
    calendar: Mapped[int] = mapped_column(Integer)


class WasteHoliday(Base):
    """A public holiday without rounds, and the day that takes their place; None where they are dropped."""

    __tablename__ = "waste_holidays"

    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    moved_to: Mapped[date | None] = mapped_column(Date)
    name_fr: Mapped[str] = mapped_column(String(120))
    name_nl: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120))
