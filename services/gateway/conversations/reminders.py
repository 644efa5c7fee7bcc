"""All SQL of the reminders."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from services.gateway.conversations.models import Conversation, Reminder
from services.gateway.dialogue.tasks import SetReminder

_DUE_AT_ONCE = 200


def add(connection: Connection, conversation_id: str, wanted: SetReminder, now: datetime) -> None:
    """Store a reminder in place of the one for the same place and bag."""
    same = (Reminder.conversation_id == conversation_id, Reminder.place == wanted.place)
    connection.execute(delete(Reminder).where(*same, Reminder.fraction.is_not_distinct_from(wanted.fraction)))
    values = wanted.model_dump(exclude={"do"}) | {"since": now, "next_at": now}
    connection.execute(insert(Reminder).values(id=uuid.uuid4().hex, conversation_id=conversation_id, **values))


def remove(connection: Connection, conversation_id: str, ids: Sequence[str]) -> None:
    """Delete reminders of a conversation."""
    connection.execute(delete(Reminder).where(Reminder.conversation_id == conversation_id, Reminder.id.in_(ids)))


def of_conversation(connection: Connection, conversation_id: str) -> list[Row[Any]]:
    """Return the reminders of a conversation, in the order in which they were set."""
    query = select(Reminder.__table__).where(Reminder.conversation_id == conversation_id)
    return list(connection.execute(query.order_by(Reminder.since, Reminder.id)))


def due(connection: Connection, now: datetime, passed: Sequence[str]) -> list[Row[Any]]:
    """Return some of the reminders to look at by now, without those that were looked at in this pass; each with the
    language of its conversation."""
    query = select(Reminder.__table__, Conversation.language).join(Conversation)
    query = query.where(Reminder.next_at <= now, Reminder.id.not_in(passed))
    return list(connection.execute(query.order_by(Reminder.next_at, Reminder.id).limit(_DUE_AT_ONCE)))


def claim(connection: Connection, reminder_id: str, put_out: date, seq: int) -> bool:
    """Take the reminder of an evening, which nobody can after; False where it was taken, or the reminder is gone."""
    before = or_(Reminder.last_put_out.is_(None), Reminder.last_put_out < put_out)
    statement = update(Reminder).where(Reminder.id == reminder_id, before)
    return connection.execute(statement.values(last_put_out=put_out, last_seq=seq)).rowcount == 1


def look_again(connection: Connection, reminder_id: str, at: datetime) -> None:
    """Note when a reminder is to be looked at next."""
    connection.execute(update(Reminder).where(Reminder.id == reminder_id).values(next_at=at))
