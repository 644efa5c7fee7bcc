"""What a GeoReport v2 server says and is told; a field that it leaves empty is None."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Format = Literal["xml", "json"]


@dataclass(frozen=True)
class Endpoint:
    """A place where a server answers, of its discovery document."""

    url: str
    specification: str | None
    type: str | None
    formats: tuple[Format, ...]


@dataclass(frozen=True)
class RemoteService:
    """Something that a server takes reports of."""

    code: str
    name: str | None
    description: str | None
    has_attributes: bool
    type: str | None  # realtime, batch, blackbox
    keywords: tuple[str, ...]
    group: str | None


@dataclass(frozen=True)
class Attribute:
    """A question that belongs to a service; ``values`` are (key, name)."""

    code: str
    datatype: str | None
    required: bool
    order: int | None
    description: str | None
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Report:
    """What a server is told. A point is (latitude, longitude)."""

    service_code: str
    description: str
    point: tuple[float, float] | None = None
    address: str | None = None
    attributes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    media_url: str | None = None
    #: Of who reported: ``email``, ``first_name``, ``last_name``, ``phone``, ``account_id``, ``device_id``.
    person: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Receipt:
    """What a report was answered with: an id, or a token for which there will be one."""

    id: str | None
    token: str | None
    notice: str | None


@dataclass(frozen=True)
class RemoteRequest:
    """A report as a server keeps it. ``closed`` is None where it does not say a status that is known."""

    id: str
    closed: bool | None
    status_notes: str | None
    service_code: str | None
    description: str | None
    requested_at: datetime | None
    updated_at: datetime | None
    expected_at: datetime | None
    address: str | None
    point: tuple[float, float] | None
    media_url: str | None
