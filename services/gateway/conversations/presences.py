"""All SQL of who is at the desk, and of how long people waited for them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from services.gateway.conversations.handover_models import HandOver, Presence, Wait
from services.gateway.conversations.models import Conversation

#: So many of the last waits say how long one waits.
_LAST: Final = 20


def keep(connection: Connection, operator_id: str, values: dict[str, Any]) -> bool:
    """Keep that somebody is there; tell whether anything but the time has changed."""
    there = find(connection, operator_id)
    if there is None:
        connection.execute(insert(Presence).values(operator_id=operator_id, **values))
        return True
    connection.execute(update(Presence).where(Presence.operator_id == operator_id).values(values))
    return any(there._mapping[name] != value for name, value in values.items() if name != "seen_at")


def find(connection: Connection, operator_id: str) -> Row[Any] | None:
    """Return what somebody said last of being there, or None."""
    return connection.execute(select(Presence.__table__).where(Presence.operator_id == operator_id)).first()


def since(connection: Connection, seen: datetime) -> Sequence[Row[Any]]:
    """Return who was seen since an instant, by name."""
    query = select(Presence.__table__).where(Presence.seen_at >= seen)
    return connection.execute(query.order_by(Presence.name, Presence.operator_id)).all()


def counts(connection: Connection) -> dict[str, int]:
    """Return how many conversations each operator has."""
    query = select(HandOver.owner_id, func.count().label("chats")).join(
        Conversation, Conversation.id == HandOver.conversation_id
    )
    query = query.where(Conversation.state == "operator", HandOver.owner_id.is_not(None)).group_by(HandOver.owner_id)
    return {str(row.owner_id): row.chats for row in connection.execute(query)}


def remove_older(connection: Connection, before: datetime) -> int:
    """Forget who was not seen since an instant; return how many."""
    return connection.execute(delete(Presence).where(Presence.seen_at < before)).rowcount


def add_wait(connection: Connection, now: datetime, seconds: float) -> None:
    """Keep how long somebody waited."""
    connection.execute(insert(Wait).values(id=uuid.uuid4().hex, at=now, seconds=max(0, round(seconds))))


def last_waits(connection: Connection, after: datetime) -> list[int]:
    """Return how many seconds the last people waited who were taken after an instant."""
    query = select(Wait.seconds).where(Wait.at > after).order_by(Wait.at.desc()).limit(_LAST)
    return list(connection.scalars(query))


def remove_waits(connection: Connection, before: datetime) -> int:
    """Forget waits from before an instant; return how many."""
    return connection.execute(delete(Wait).where(Wait.at < before)).rowcount
