"""SQL of real time: one row a source is written as a whole and read when its version is another one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from services.city.models.datasets import Dataset
from services.city.models.realtime import RealtimeSnapshot, WrittenMessage
from services.city.models.transport import Line, Platform, Route
from services.city.transport.realtime.forms import Message

#: The topic of data sets of written messages.
MESSAGES_TOPIC: Final = "messages"


@dataclass(frozen=True)
class Known:
    """The stops and lines that a timetable knows, for resolving what real time refers to."""

    stop_ids: frozenset[str]
    lines: tuple[Line, ...]
    line_of_route: dict[str, Line]


def put(session: Session, values: dict[str, Any]) -> None:
    """Store what a source says now, in the place of what it said before; the caller commits."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(RealtimeSnapshot).values(version=1, **values)
    changed = {name: statement.excluded[name] for name in values if name != "source"}
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["source"], set_={**changed, "version": RealtimeSnapshot.version + 1}
        )
    )


def snapshots(session: Session, sources: Collection[str]) -> list[RealtimeSnapshot]:
    """Return the snapshots of these sources."""
    return list(session.scalars(select(RealtimeSnapshot).where(RealtimeSnapshot.source.in_(sources))))


def written(session: Session) -> list[tuple[Dataset, list[Message]]]:
    """Return the messages of each data set in use, in its file's order."""
    query = select(Dataset, WrittenMessage.body).join(WrittenMessage, WrittenMessage.dataset_id == Dataset.id)
    query = query.where(Dataset.status == "active").order_by(Dataset.id, WrittenMessage.position)
    found: dict[int, tuple[Dataset, list[Message]]] = {}
    for dataset, body in session.execute(query):
        found.setdefault(dataset.id, (dataset, []))[1].append(Message.model_validate(body))
    return list(found.values())


def known(session: Session, feed: str, *, sample: bool) -> Known | None:
    """Return the stops and lines of a timetable in use; None where there is none of that name.

    A sample counts only with ``sample``: what really happens is not laid over trips that are made up.
    """
    query = select(Dataset.id).where(Dataset.feed == feed, Dataset.status == "active")
    dataset = session.scalar(query if sample else query.where(Dataset.sample.is_(False)))
    if dataset is None:
        return None
    stop_ids = frozenset(session.scalars(select(Platform.stop_id).where(Platform.dataset_id == dataset)))
    lines = {line.id: line for line in session.scalars(select(Line).where(Line.dataset_id == dataset))}
    routes = session.execute(select(Route.route_id, Route.line_id).where(Route.line_id.in_(lines)))
    return Known(stop_ids, tuple(lines.values()), {route: lines[line] for route, line in routes})


def in_utc(value: datetime) -> datetime:
    """Return a stored instant with its zone: SQLite drops zones, and all instants are stored in UTC."""
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
