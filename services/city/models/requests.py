"""Requests of residents, and all that belongs to one: its steps, contacts, photos and deliveries to other servers.

Whom to write to is in :class:`RequestContact` alone, so that it can be erased without touching anything else. What
can be requested, the stages and the Region's outline are :class:`RequestDocument`; ``body`` is the JSON of
``services.city.requests.facts``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, DateTime, Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.city.models.base import Base


class RequestDocument(Base):
    """A service that can be requested, a stage of a request, the outline of the Region, a category of FixMyStreet."""

    __tablename__ = "request_documents"
    __table_args__ = (Index("uq_request_documents_dataset_kind_key", "dataset_id", "kind", "key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(12))  # service, stage, region, category
    key: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(Integer)  # in the file, from 0
    body: Mapped[dict[str, Any]] = mapped_column(JSON)


class RequestCounter(Base):
    """The last number given out in a year."""

    __tablename__ = "request_counters"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)


class ServiceRequest(Base):
    """A request that was made here. ``description``, ``attributes`` and the place are nulled when it is erased."""

    __tablename__ = "service_requests"
    __table_args__ = (Index("ix_service_requests_cell_closed_at", "cell", "closed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(24), unique=True)
    service_code: Mapped[str] = mapped_column(String(60), index=True)
    public: Mapped[bool] = mapped_column(Boolean)  # may others see where it is and what it says?
    stage: Mapped[str] = mapped_column(String(20))
    origin: Mapped[str] = mapped_column(String(20))  # resident, open311
    language: Mapped[str] = mapped_column(String(2))
    description: Mapped[str | None] = mapped_column(Text)
    attributes: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    cell: Mapped[int | None] = mapped_column(Integer)
    place_id: Mapped[str | None] = mapped_column(String(120))
    address_fr: Mapped[str | None] = mapped_column(String(300))
    address_nl: Mapped[str | None] = mapped_column(String(300))
    postcode: Mapped[str | None] = mapped_column(String(10))
    commune_id: Mapped[str | None] = mapped_column(String(60))
    media_url: Mapped[str | None] = mapped_column(String(1000))  # of a photo that another server keeps
    followers: Mapped[int] = mapped_column(Integer, default=0)
    secret_sha256: Mapped[str] = mapped_column(String(64), index=True)  # of the key with which it may be erased
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    expected_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    closed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), index=True)
    erased_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class RequestStep(Base):
    """A stage that a request came to, and what was said or done then (``note``: text by language)."""

    __tablename__ = "request_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("service_requests.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    stage: Mapped[str] = mapped_column(String(20))
    note: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)


class RequestContact(Base):
    """How to reach somebody who made a request or follows it. Nothing else of the city database names a person."""

    __tablename__ = "request_contacts"
    __table_args__ = (UniqueConstraint("request_id", "role", "digest", name="uq_request_contacts_request_role_digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("service_requests.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(10))  # reporter, follower
    digest: Mapped[str] = mapped_column(String(64))  # of what identifies the person, to tell one from another
    name: Mapped[str | None] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(40))
    handle: Mapped[str | None] = mapped_column(String(200))  # of a conversation or a channel
    language: Mapped[str] = mapped_column(String(2))
    secret_sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class RequestPhoto(Base):
    """A photo that was checked and stored; without a request, it is one that nobody sent yet."""

    __tablename__ = "request_photos"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("service_requests.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(Integer, default=0)
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    size: Mapped[int] = mapped_column(Integer)  # bytes
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)


class RequestDelivery(Base):
    """A request on its way to another Open311 server; written in the transaction of the request itself.

    ``waiting`` → ``sending`` → ``sent`` (``remote_id``) or ``token`` (``remote_token``) → ``closed``;
    ``failed`` and ``cancelled`` are ends.
    """

    __tablename__ = "request_deliveries"
    __table_args__ = (
        UniqueConstraint("request_id", "remote", name="uq_request_deliveries_request_remote"),
        Index("ix_request_deliveries_state_next_at", "state", "next_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("service_requests.id", ondelete="CASCADE"))
    remote: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(12))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    next_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    remote_id: Mapped[str | None] = mapped_column(String(120))
    remote_token: Mapped[str | None] = mapped_column(String(120))
    error: Mapped[str | None] = mapped_column(String(300))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ExternalRequest(Base):
    """A request that another system holds, such as FixMyStreet Brussels, as of its last import."""

    __tablename__ = "external_requests"
    __table_args__ = (
        Index("uq_external_requests_dataset_external", "dataset_id", "external_id", unique=True),
        Index("ix_external_requests_cell_stage", "cell", "stage"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    external_id: Mapped[str] = mapped_column(String(60))
    service_code: Mapped[str | None] = mapped_column(String(60))  # null: of no service here
    category_fr: Mapped[str] = mapped_column(String(200))
    category_nl: Mapped[str] = mapped_column(String(200))
    category_en: Mapped[str] = mapped_column(String(200))
    stage: Mapped[str] = mapped_column(String(20))
    closed: Mapped[bool] = mapped_column(Boolean)
    lat: Mapped[float] = mapped_column(Float)
    lon: Mapped[float] = mapped_column(Float)
    cell: Mapped[int] = mapped_column(Integer)
    address_fr: Mapped[str | None] = mapped_column(String(300))
    address_nl: Mapped[str | None] = mapped_column(String(300))
    updated_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    url: Mapped[str | None] = mapped_column(String(500))
