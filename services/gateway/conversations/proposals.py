"""All SQL of approval mode: what the assistant proposes to say, until an operator has clicked.

Whoever changes something has changed the conversation's row first, in the same transaction: one after the other.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from services.gateway.conversations.handover_models import HandOver, Proposal
from services.gateway.conversations.models import Conversation, Message

#: Who answers residents; what the system says of the hand-over answers nothing.
_ANSWERS = ("resident", "operator", "assistant")


def switch(connection: Connection, conversation_id: str, *, on: bool) -> None:
    """Let the assistant propose answers, or no more; what it had proposed is forgotten."""
    statement = update(HandOver).where(HandOver.conversation_id == conversation_id)
    connection.execute(statement.values(approves=on))
    connection.execute(delete(Proposal).where(Proposal.conversation_id == conversation_id))


def wanted(connection: Connection, conversation_id: str) -> int | None:
    """Return the number of the message that an answer is to be proposed to; None where nothing is to be proposed."""
    approving = _approving().where(HandOver.conversation_id == conversation_id)
    if connection.execute(approving).first() is None:
        return None
    said = select(Message.seq, Message.author).where(
        Message.conversation_id == conversation_id, Message.author.in_(_ANSWERS)
    )
    last = connection.execute(said.order_by(Message.seq.desc()).limit(1)).first()
    if last is None or last.author != "resident":
        return None
    found = find(connection, conversation_id)
    return None if found is not None and found.seq == last.seq else last.seq


def approving(connection: Connection) -> list[str]:
    """Return the conversations in which the assistant proposes answers."""
    return list(connection.scalars(_approving()))


def _approving() -> Select[Any]:
    query = select(HandOver.conversation_id).join(Conversation, Conversation.id == HandOver.conversation_id)
    return query.where(Conversation.state == "operator", HandOver.approves.is_(True))


def keep(
    connection: Connection, conversation_id: str, seq: int, *, text: str, language: str | None, source: str | None
) -> None:
    """Keep what is proposed, in place of what was before."""
    connection.execute(delete(Proposal).where(Proposal.conversation_id == conversation_id))
    values = {"text": text, "language": language, "source": source, "waits": True}
    connection.execute(insert(Proposal).values(conversation_id=conversation_id, seq=seq, **values))


def find(connection: Connection, conversation_id: str) -> Row[Any] | None:
    """Return what is proposed, or that it is settled."""
    query = select(Proposal.__table__).where(Proposal.conversation_id == conversation_id)
    return connection.execute(query).first()


def settle(connection: Connection, conversation_id: str, seq: int) -> bool:
    """Let a proposal wait no more and forget its words; False where it does not wait, or another one does."""
    waits = update(Proposal).where(
        Proposal.conversation_id == conversation_id, Proposal.seq == seq, Proposal.waits.is_(True)
    )
    return connection.execute(waits.values(waits=False, text="", source=None)).rowcount == 1
