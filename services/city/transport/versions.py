"""Which versions of timetables, messages and real time are in use: one small query, asked by each request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import String, cast, literal, select, union_all
from sqlalchemy.orm import Session

from services.city.models.datasets import Dataset
from services.city.models.realtime import RealtimeSnapshot
from services.city.models.transport import TransportFeed
from services.city.transport.realtime.store import MESSAGES_TOPIC

_TIMETABLE: Final = "t"
_MESSAGES: Final = "m"
_REALTIME: Final = "r"

_ALL: Final = union_all(
    select(literal(_TIMETABLE), cast(Dataset.id, String), cast(Dataset.imported_at, String))
    .join(TransportFeed, TransportFeed.dataset_id == Dataset.id)
    .where(Dataset.status == "active"),
    select(literal(_MESSAGES), cast(Dataset.id, String), cast(Dataset.imported_at, String)).where(
        Dataset.topic == MESSAGES_TOPIC, Dataset.status == "active"
    ),
    select(literal(_REALTIME), RealtimeSnapshot.source, cast(RealtimeSnapshot.version, String)),
)


@dataclass(frozen=True)
class Versions:
    """What tells what is in use from anything that was in use before; ``snapshots`` by source."""

    timetables: tuple[str, ...]
    messages: tuple[str, ...]
    snapshots: dict[str, int]


def versions(session: Session) -> Versions:
    """Return the versions in use now."""
    # By the connection: this is asked all the time, and has no use for what a session adds.
    found = session.connection().execute(_ALL).all()
    timetables = sorted(f"{name} {version}" for kind, name, version in found if kind == _TIMETABLE)
    messages = sorted(f"{name} {version}" for kind, name, version in found if kind == _MESSAGES)
    snapshots = {name: int(version) for kind, name, version in found if kind == _REALTIME}
    return Versions(tuple(timetables), tuple(messages), snapshots)
