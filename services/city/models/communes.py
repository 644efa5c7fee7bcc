"""Communal administrations and the Region's contacts, each as one checked document.

``body`` is the JSON of ``services.city.communes.facts``; the columns beside it are what is asked for.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.city.models.base import Base


class CommuneRecord(Base):
    """One of the communes."""

    __tablename__ = "communes"
    __table_args__ = (Index("uq_communes_dataset_slug", "dataset_id", "slug", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(Integer)  # in the file, from 0
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class ContactRecord(Base):
    """A number to call: an emergency line, a helpline, a service or the call centre."""

    __tablename__ = "contacts"
    __table_args__ = (Index("uq_contacts_dataset_contact", "dataset_id", "contact_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    contact_id: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))
    position: Mapped[int] = mapped_column(Integer)  # in the file, from 0: the order in which to show them
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
