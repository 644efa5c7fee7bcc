"""All SQL of the requests that were made in conversations, and of those that are still to be erased."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from services.gateway.conversations.models import Erasure, Request
from services.gateway.conversations.schemas import RequestOut
from services.gateway.dialogue.tasks import RememberRequest

_RETRIED_AT_ONCE = 100


def remember(connection: Connection, conversation_id: str, request: RememberRequest, at: datetime) -> None:
    """Remember a request; told again, it is remembered once."""
    same = (Request.conversation_id == conversation_id, Request.reference == request.reference)
    connection.execute(delete(Request).where(*same))
    values = {"reference": request.reference, "key": request.key, "subject": request.subject}
    connection.execute(insert(Request).values(conversation_id=conversation_id, at=at, **values))


def of_conversation(connection: Connection, conversation_id: str) -> list[RequestOut]:
    """Return the requests of a conversation, in order; their keys stay here."""
    query = select(Request.reference, Request.subject, Request.at).where(Request.conversation_id == conversation_id)
    rows = connection.execute(query.order_by(Request.at, Request.reference))
    return [RequestOut(reference=row.reference, subject=row.subject, at=row.at) for row in rows]


def to_be_erased(connection: Connection, conversation_id: str, now: datetime) -> list[Row[Any]]:
    """Note the requests of a conversation as to be erased, so that its end does not lose them; return the notes."""
    query = select(Request.reference, Request.key, Request.subject).where(
        Request.conversation_id == conversation_id, Request.key.is_not(None)
    )
    noted = [
        {"id": uuid.uuid4().hex, "since": now, **row._mapping}
        for row in connection.execute(query.order_by(Request.at, Request.reference))
    ]
    if not noted:
        return []
    statement = insert(Erasure).returning(*Erasure.__table__.c, sort_by_parameter_order=True)
    return list(connection.execute(statement, noted))


def still_to_be_erased(connection: Connection) -> list[Row[Any]]:
    """Return some of the notes, the oldest first."""
    query = select(Erasure.__table__).order_by(Erasure.since).limit(_RETRIED_AT_ONCE)
    return list(connection.execute(query))


def erased(connection: Connection, note_id: str) -> None:
    """Forget a note."""
    connection.execute(delete(Erasure).where(Erasure.id == note_id))


def drop_erasures(connection: Connection, before: datetime) -> int:
    """Give up the notes from before an instant; return how many."""
    return connection.execute(delete(Erasure).where(Erasure.since < before)).rowcount
