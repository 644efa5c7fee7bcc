"""What is written down about getting around: fares, low-emission rules, parking zones, lost property.

``body`` is the JSON of the topic's own shape in ``services/city/transport/<topic>/facts.py``.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.city.models.base import Base


class TransportFact(Base):
    """One document of a data set; the data set's topic says which kind it is of."""

    __tablename__ = "transport_facts"
    __table_args__ = (Index("uq_transport_facts_dataset_fact", "dataset_id", "fact_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    fact_id: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(Integer)  # in the file, from 0
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
