"""All SQL of the conversations. Functions take a connection; who opened it commits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from kit.text import fold
from services.gateway.conversations.models import Choice, Conversation, Message, Subscription, Turn, Understanding
from services.gateway.conversations.schemas import ChoiceOut, MessageOut
from services.gateway.dialogue.port import Reading

_PURGED_AT_ONCE = 200

# What every message asks for; built once, because building a statement takes longer than running it.
_CONVERSATION: Final = select(Conversation.__table__).where(Conversation.id == bindparam("conversation"))
_TURN: Final = select(Turn.__table__).where(
    Turn.conversation_id == bindparam("conversation"), Turn.client_id == bindparam("client")
)
_LAST: Final = (
    select(Message.turn_id)
    .where(Message.conversation_id == bindparam("conversation"))
    .order_by(Message.seq.desc())
    .limit(1)
    .scalar_subquery()
)
_OFFERED: Final = (
    select(Choice.__table__).join(Message, Message.id == Choice.message_id).where(Message.turn_id == _LAST)
)
_ADD_TURN: Final = insert(Turn)
_ADD_MESSAGES: Final = insert(Message)
_ADD_CHOICES: Final = insert(Choice)


def add(connection: Connection, conversation: dict[str, Any]) -> None:
    """Store a new conversation."""
    connection.execute(insert(Conversation).values(conversation))


def find(connection: Connection, conversation_id: str) -> Row[Any] | None:
    """Return a conversation's row, or None."""
    return connection.execute(_CONVERSATION, {"conversation": conversation_id}).first()


def change(connection: Connection, conversation_id: str, *, added: int = 0, **values: Any) -> Row[Any] | None:
    """Change a conversation to which so many messages are ``added``; return its row as it is then, or None.

    No one else changes it until the transaction ends.
    """
    values["last_seq"] = Conversation.last_seq + added
    statement = update(Conversation).where(Conversation.id == conversation_id).values(values)
    return connection.execute(statement.returning(*Conversation.__table__.c)).first()


def count_messages(connection: Connection, conversation_id: str) -> int:
    """Return how many messages of a conversation are kept."""
    query = select(func.count()).select_from(Message).where(Message.conversation_id == conversation_id)
    return connection.execute(query).scalar_one()


def remove(connection: Connection, *conversation_ids: str) -> None:
    """Delete conversations and all that was said in them."""
    connection.execute(delete(Conversation).where(Conversation.id.in_(conversation_ids)))


def remove_silent(connection: Connection, since: datetime) -> list[str]:
    """Delete some of the conversations in which nothing was said since an instant, the oldest first; return them.

    Where something is followed, its resident waits for news of it.
    """
    waiting = select(Subscription.id).where(Subscription.conversation_id == Conversation.id).exists()
    query = select(Conversation.id).where(Conversation.active_at < since, ~waiting).order_by(Conversation.active_at)
    silent = list(connection.scalars(query.limit(_PURGED_AT_ONCE)))
    if silent:
        remove(connection, *silent)
    return silent


def find_turn(connection: Connection, conversation_id: str, client_id: str) -> Row[Any] | None:
    """Return the turn that answered a client's message, or None."""
    return connection.execute(_TURN, {"conversation": conversation_id, "client": client_id}).first()


def add_turn(connection: Connection, turn: dict[str, Any]) -> None:
    """Store a turn."""
    connection.execute(_ADD_TURN, turn)


def add_readings(connection: Connection, turn_id: str, readings: Sequence[Reading], at: datetime) -> None:
    """Store what was understood in a turn."""
    if readings:
        rows = [{"turn_id": turn_id, "position": n, "at": at, **asdict(each)} for n, each in enumerate(readings)]
        connection.execute(insert(Understanding), rows)


def last_guesses(connection: Connection, conversation_id: str, most: int) -> list[str]:
    """Return what the last few questions of a conversation most likely were, the last first."""
    query = select(Understanding.guess).join(Turn, Turn.id == Understanding.turn_id)
    query = query.where(Turn.conversation_id == conversation_id, Understanding.guess.is_not(None))
    query = query.order_by(Understanding.at.desc(), Understanding.position.desc()).limit(most)
    return [guess for guess in connection.scalars(query) if guess]


def add_messages(connection: Connection, messages: Sequence[dict[str, Any]]) -> None:
    """Store messages with their ``choices``, which are rows of their own."""
    rows = [{key: value for key, value in message.items() if key != "choices"} for message in messages]
    connection.execute(_ADD_MESSAGES, rows)
    choices = [choice for message in messages for choice in message["choices"]]
    if choices:
        connection.execute(_ADD_CHOICES, choices)


def rate(connection: Connection, conversation_id: str, message_id: str, value: str) -> str | None:
    """Keep whether a message of the assistant helped; return what was said before ("" for nothing).

    None where the conversation has no such message of the assistant.
    """
    query = select(Message.feedback).where(
        Message.id == message_id, Message.conversation_id == conversation_id, Message.author == "assistant"
    )
    found = connection.execute(query).first()
    if found is None:
        return None
    connection.execute(update(Message).where(Message.id == message_id).values(feedback=value))
    return found.feedback or ""


def find_choice(connection: Connection, conversation_id: str, choice_id: str) -> Row[Any] | None:
    """Return a choice that was offered in this conversation, or None."""
    query = select(Choice.__table__).join(Message, Message.id == Choice.message_id)
    query = query.where(Choice.id == choice_id, Message.conversation_id == conversation_id)
    return connection.execute(query).first()


def find_offered(connection: Connection, conversation_id: str, words: str) -> Row[Any] | None:
    """Return the choice of the last answer whose label somebody typed instead of choosing it, or None."""
    offered = connection.execute(_OFFERED, {"conversation": conversation_id})
    rows = [row for row in offered if fold(row.label) == fold(words)]
    meant = {row.meaning: row for row in rows}
    return next(iter(meant.values())) if len(meant) == 1 else None


def of_turn(connection: Connection, turn_id: str) -> list[MessageOut]:
    """Return what was answered in a turn, in order."""
    query = select(Message.__table__).where(Message.turn_id == turn_id, Message.author != "resident")
    return [message for _, message in find_messages(connection, query)]


def of_conversation(connection: Connection, conversation_id: str) -> list[MessageOut]:
    """Return all that was said, in order."""
    query = select(Message.__table__).where(Message.conversation_id == conversation_id)
    return [message for _, message in find_messages(connection, query)]


def unasked(connection: Connection, conversation_id: str, after: int) -> list[tuple[int, MessageOut]]:
    """Return what came unasked after a message's number, in order, each with its number."""
    query = select(Message.__table__).where(
        Message.conversation_id == conversation_id, Message.turn_id.is_(None), Message.seq > after
    )
    return find_messages(connection, query)


def find_messages(connection: Connection, query: Any) -> list[tuple[int, MessageOut]]:
    """Return the messages that a query of their rows finds, in order, each with its number."""
    rows = connection.execute(query.order_by(Message.seq)).all()
    choices = _choices(connection, (row.id for row in rows)) if rows else {}
    return [(row.seq, shown(row._mapping, choices.get(row.id, []))) for row in rows]


def _choices(connection: Connection, messages: Iterable[str]) -> dict[str, list[ChoiceOut]]:
    query = select(Choice.id, Choice.message_id, Choice.label).where(Choice.message_id.in_(list(messages)))
    found: dict[str, list[ChoiceOut]] = defaultdict(list)
    for row in connection.execute(query.order_by(Choice.position)):
        found[row.message_id].append(ChoiceOut(id=row.id, label=row.label))
    return found


def shown(message: Any, choices: Sequence[ChoiceOut]) -> MessageOut:
    """Return a stored message (a mapping of its columns) as the resident sees it."""
    return MessageOut(
        id=message["id"],
        at=message["at"],
        author=message["author"],
        language=message["language"],
        text=message["text"],
        choices=list(choices),
        cards=message["cards"],
        source=message["source"],
        feedback=message.get("feedback"),
    )
