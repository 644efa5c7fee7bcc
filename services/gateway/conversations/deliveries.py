"""All SQL of the outbox: messages that came unasked, on their way to their channel."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, func, insert, select, update

from kit.quiet import Quiet
from services.gateway.conversations import repository
from services.gateway.conversations.models import Delivery, Message
from services.gateway.conversations.schemas import MessageOut

_AT_ONCE: Final = 100


def add(
    connection: Connection,
    messages: Sequence[dict[str, Any]],
    *,
    channel: str,
    now: datetime,
    until: datetime | None = None,
    quiet: Quiet | None = None,
) -> None:
    """Put stored messages into the outbox."""
    rows = [
        {
            "id": uuid.uuid4().hex,
            "message_id": message["id"],
            "conversation_id": message["conversation_id"],
            "channel": channel,
            "seq": message["seq"],
            "state": "waiting",
            "tries": 0,
            "since": now,
            "next_at": now,
            "until": until,
            "quiet_from": quiet.start if quiet else None,
            "quiet_until": quiet.end if quiet else None,
        }
        for message in messages
    ]
    connection.execute(insert(Delivery), rows)


def due(connection: Connection, now: datetime, conversation_id: str | None = None) -> list[Row[Any]]:
    """Return some deliveries to try by now, with the ``author``: of each conversation the first one only."""
    first = (
        select(Delivery.conversation_id, func.min(Delivery.seq).label("seq"))
        .where(Delivery.state == "waiting")
        .group_by(Delivery.conversation_id)
    )
    if conversation_id is not None:
        first = first.where(Delivery.conversation_id == conversation_id)
    earliest = first.subquery()
    query = (
        select(Delivery.__table__, Message.author)
        .join(earliest, and_(Delivery.conversation_id == earliest.c.conversation_id, Delivery.seq == earliest.c.seq))
        .join(Message, Message.id == Delivery.message_id)
    )
    query = query.where(Delivery.state == "waiting", Delivery.next_at <= now)
    return list(connection.execute(query.order_by(Delivery.next_at, Delivery.id).limit(_AT_ONCE)))


def claim(connection: Connection, row: Row[Any], until: datetime) -> bool:
    """Take a delivery until an instant, after which it is due again: whoever took it and failed is not waited for."""
    statement = update(Delivery).where(
        Delivery.id == row.id, Delivery.state == "waiting", Delivery.tries == row.tries, Delivery.next_at == row.next_at
    )
    return connection.execute(statement.values(tries=row.tries + 1, next_at=until)).rowcount == 1


def message(connection: Connection, row: Row[Any]) -> MessageOut | None:
    """Return the message of a delivery, or None where it is gone."""
    found = repository.find_messages(connection, select(Message.__table__).where(Message.id == row.message_id))
    return found[0][1] if found else None


def settle(connection: Connection, row: Row[Any], state: str, next_at: datetime | None = None) -> None:
    """Note what a try came to."""
    values: dict[str, Any] = {"state": state}
    if next_at is not None:
        values["next_at"] = next_at
    connection.execute(update(Delivery).where(Delivery.id == row.id).values(values))


def give_up(connection: Connection, conversation_id: str) -> int:
    """Note that nothing of a conversation can be delivered any more; return how much was waiting."""
    statement = update(Delivery).where(Delivery.conversation_id == conversation_id, Delivery.state == "waiting")
    return connection.execute(statement.values(state="dead")).rowcount


def counts(connection: Connection) -> dict[tuple[str, str], int]:
    """Return how many deliveries there are, by channel and state."""
    query = select(Delivery.channel, Delivery.state, func.count()).group_by(Delivery.channel, Delivery.state)
    return {(channel, state): count for channel, state, count in connection.execute(query)}
