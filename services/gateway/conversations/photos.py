"""All SQL of the photos that residents send."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from services.gateway.conversations.models import Message, Photo
from services.gateway.conversations.schemas import PhotoOut
from services.gateway.dialogue.tasks import AttachPhotos

_SENT_AT_ONCE: Final = 20
#: Most photos that are still to be used, of those sent one after the other.
_WAITING: Final = 5
#: What is known of a photo besides its picture.
_FACTS: Final = tuple(column for column in Photo.__table__.c if column.name != "content")


def add(connection: Connection, photo: dict[str, Any]) -> None:
    """Store a photo."""
    connection.execute(insert(Photo).values(photo))


def kept(connection: Connection, conversation_id: str) -> tuple[int, int]:
    """Return how many photos of a conversation are kept, and their bytes."""
    query = select(func.count(), func.coalesce(func.sum(Photo.size), 0))
    row = connection.execute(query.where(Photo.conversation_id == conversation_id)).one()
    return int(row[0]), int(row[1])


def find(connection: Connection, conversation_id: str, photo_id: str) -> Row[Any] | None:
    """Return what is known of a photo of this conversation, or None."""
    query = select(*_FACTS).where(Photo.id == photo_id, Photo.conversation_id == conversation_id)
    return connection.execute(query).first()


def content(connection: Connection, conversation_id: str, photo_id: str) -> bytes | None:
    """Return a photo of this conversation, or None."""
    query = select(Photo.content).where(Photo.id == photo_id, Photo.conversation_id == conversation_id)
    return connection.execute(query).scalar_one_or_none()


def of_conversation(connection: Connection, conversation_id: str) -> list[PhotoOut]:
    """Return the photos of a conversation in their order."""
    query = select(*_FACTS).where(Photo.conversation_id == conversation_id).order_by(Photo.at, Photo.seq, Photo.id)
    return [PhotoOut.model_validate(row._mapping) for row in connection.execute(query)]


def pictures(connection: Connection, conversation_id: str) -> dict[str, bytes]:
    """Return the photos of a conversation by their ids, in their order."""
    query = select(Photo.id, Photo.content).where(Photo.conversation_id == conversation_id)
    return {row.id: row.content for row in connection.execute(query.order_by(Photo.at, Photo.seq, Photo.id))}


def said(connection: Connection, conversation_id: str, photo_id: str, seq: int) -> None:
    """Note the number of the message that a photo was sent as."""
    same = (Photo.id == photo_id, Photo.conversation_id == conversation_id)
    connection.execute(update(Photo).where(*same).values(seq=seq))


def waiting(connection: Connection, conversation_id: str) -> list[str]:
    """Return the photos that the resident's last messages were, as far as they belong to no request yet."""
    free = (Photo.conversation_id == conversation_id, Photo.reference.is_(None), Photo.seq.is_not(None))
    by_seq = {row.seq: row.id for row in connection.execute(select(Photo.seq, Photo.id).where(*free))}
    if not by_seq:
        return []
    query = select(Message.seq).where(Message.conversation_id == conversation_id, Message.author == "resident")
    last = connection.scalars(query.order_by(Message.seq.desc()).limit(_WAITING))
    return [by_seq[seq] for seq in reversed(list(takewhile(by_seq.__contains__, last)))]


def attach(connection: Connection, conversation_id: str, wanted: AttachPhotos) -> None:
    """Note that photos are to be sent to a request."""
    free = (Photo.conversation_id == conversation_id, Photo.id.in_(wanted.photos), Photo.reference.is_(None))
    connection.execute(update(Photo).where(*free).values(reference=wanted.reference, key=wanted.key))


def to_send(connection: Connection, passed: Sequence[str]) -> list[Row[Any]]:
    """Return some of the photos that are still to be sent, in their order, without those that were tried already."""
    query = select(Photo.__table__).where(Photo.key.is_not(None), Photo.id.not_in(passed))
    return list(connection.execute(query.order_by(Photo.at, Photo.seq, Photo.id).limit(_SENT_AT_ONCE)))


def sent(connection: Connection, photo_id: str) -> None:
    """Note that a photo is not to be sent any more."""
    connection.execute(update(Photo).where(Photo.id == photo_id).values(key=None))


def remove_older(connection: Connection, before: datetime) -> int:
    """Delete the photos that came before an instant, but those that are still to be sent; return how many."""
    return connection.execute(delete(Photo).where(Photo.at < before, Photo.key.is_(None))).rowcount
