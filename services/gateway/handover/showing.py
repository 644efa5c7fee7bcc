"""Conversations as operators see them: rows of the hand-over with what was said last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

from sqlalchemy import Connection, Row, Select, select
from sqlalchemy.orm import aliased

from services.desk.handover import Card, Chat, Fact, Line
from services.gateway.conversations import handovers, repository, requests
from services.gateway.conversations.models import Choice, Conversation, Delivery, Message

_NOTHING: Final = "–"
_LONGEST: Final = 160
_ANSWERED: Final = 3
_PHONE: Final = "phone"
_DELIVERY: Final[dict[str, Literal["waiting", "delivered", "failed"]]] = {
    "waiting": "waiting",
    "delivered": "delivered",
    "dropped": "failed",
    "dead": "failed",
}


def chats(connection: Connection, rows: Sequence[Row[Any]]) -> list[Chat]:
    """Return conversations for a list, in the order of their rows."""
    ids = [row.conversation_id for row in rows]
    said = select(Message.seq).where(Message.conversation_id == Conversation.id).order_by(Message.seq.desc()).limit(1)
    questions = _messages(connection, ids, said.where(Message.author == "resident"))
    last = _messages(connection, ids, said)
    return [_chat(row, questions.get(row.conversation_id), last.get(row.conversation_id)) for row in rows]


def _messages(connection: Connection, ids: Sequence[str], seq: Select[Any]) -> dict[str, Any]:
    """Return the message (row) of each conversation whose number a query of it finds."""
    if not ids:
        return {}
    shown = aliased(Message)
    query = (
        select(shown.conversation_id, shown.seq, shown.author, shown.text)
        .join(Conversation, Conversation.id == shown.conversation_id)
        .where(Conversation.id.in_(ids), shown.seq == seq.correlate(Conversation).scalar_subquery())
    )
    return {row[0]: row for row in connection.execute(query).all()}


def _chat(row: Row[Any], question: Any | None, last: Any | None) -> Chat:
    return Chat(
        conversation_id=row.conversation_id,
        state=row.state,
        channel=row.channel,
        language=row.language,
        topic=row.topic,
        question=_short(question.text) if question else _NOTHING,
        since=row.since,
        last_seq=last.seq if last else row.last_seq,
        last_author=last.author if last else "system",
        team=row.team,
        owner_id=row.owner_id,
        owner_name=row.owner_name,
        approves=row.approves,
        proposes=row.proposes,
    )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def card(connection: Connection, row: Row[Any]) -> Card:
    """Return what there is to know of a conversation."""
    facts = dict(row.facts)
    if row.phone:
        facts[_PHONE] = row.phone
    # What is said of the queue itself offers the gateway's own choices, and answers no question.
    of_the_queue = select(Choice.id).where(Choice.message_id == Message.id, Choice.kind == "desk").exists()
    answered = select(Message.text).where(
        Message.conversation_id == row.conversation_id,
        Message.author == "assistant",
        Message.turn_id.is_not(None),
        ~of_the_queue,
    )
    texts = list(connection.scalars(answered.order_by(Message.seq.desc()).limit(_ANSWERED)))
    return Card(
        chat=chats(connection, [row])[0],
        code=row.code,
        facts=tuple(Fact(name, value) for name, value in facts.items()),
        answered=tuple(_short(each) for each in reversed(texts)),
        references=tuple(each.reference for each in requests.of_conversation(connection, row.conversation_id)),
    )


def lines(connection: Connection, conversation_id: str, after: int) -> list[Line]:
    """Return what was said after a message's number, with how far an operator's words are."""
    query = select(Message.__table__).where(Message.conversation_id == conversation_id, Message.seq > after)
    found = repository.find_messages(connection, query)
    names = handovers.names(connection, conversation_id)
    ways = select(Delivery.seq, Delivery.state).where(Delivery.conversation_id == conversation_id, Delivery.seq > after)
    delivered = {seq: _DELIVERY[state] for seq, state in connection.execute(ways)}
    return [
        Line(
            seq=seq,
            at=message.at,
            author=message.author,
            language=message.language,
            text=message.text,
            name=names.get(seq),
            delivery=delivered.get(seq) if message.author == "operator" else None,
        )
        for seq, message in found
    ]
