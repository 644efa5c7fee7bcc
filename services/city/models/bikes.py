"""Bike-share stations and what was there when the system last said so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, DateTime, Float, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.city.models.base import Base


class BikeStation(Base):
    """A station of a bike-share system. ``docks`` is null where it is not known."""

    __tablename__ = "bike_stations"
    __table_args__ = (Index("uq_bike_stations_dataset_station", "dataset_id", "station_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    station_id: Mapped[str] = mapped_column(String(80))
    name_fr: Mapped[str] = mapped_column(String(200))
    name_nl: Mapped[str] = mapped_column(String(200))
    lat: Mapped[float] = mapped_column(Float)
    lon: Mapped[float] = mapped_column(Float)
    capacity: Mapped[int | None] = mapped_column(Integer)
    dockless: Mapped[bool] = mapped_column(Boolean)
    bikes: Mapped[int] = mapped_column(Integer)
    docks: Mapped[int | None] = mapped_column(Integer)
    lends: Mapped[bool] = mapped_column(Boolean)
    takes_back: Mapped[bool] = mapped_column(Boolean)
    reported_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
