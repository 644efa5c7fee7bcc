"""All SQL of who waits for a person and who has whom; what is at the desk itself is in ``presences``.

Whoever changes something has changed the conversation's row first, in the same transaction: one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, case, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from services.gateway.conversations import proposals, repository
from services.gateway.conversations.handover_models import (
    HandOver,
    HandOverAccess,
    HandOverNote,
    OperatorWords,
    Proposal,
)
from services.gateway.conversations.models import Conversation
from services.gateway.conversations.schemas import AccessOut, HandedOver, NoteOut
from services.gateway.dialogue.tasks import Enqueue

#: Who is to be called back waits for an operator, but not in the chat, where the assistant goes on as ever.
_CALLED = and_(Conversation.state == "assistant", HandOver.phone.is_not(None))
_WAITS = or_(Conversation.state == "waiting", _CALLED)


def enter(connection: Connection, conversation_id: str, wanted: Enqueue) -> None:
    """Let a conversation wait, or only be found by its code; who waits already keeps their place."""
    there = connection.execute(_of(conversation_id)).first()
    values = wanted.model_dump(include={"topic", "team", "facts"})
    values["since"] = there.since if there and there.state == "waiting" else wanted.at
    if wanted.waits:
        values |= {"owner_id": None, "owner_name": None, "phone": wanted.phone}
        values["phone_at"] = wanted.at if wanted.phone else None
    if there:
        connection.execute(update(HandOver).where(HandOver.conversation_id == conversation_id).values(values))
    else:
        connection.execute(insert(HandOver).values(conversation_id=conversation_id, **values))
    _keep_code(connection, conversation_id, wanted.code, wanted.code_until)
    if wanted.waits:
        repository.change(connection, conversation_id, state="assistant" if wanted.phone else "waiting")


def _keep_code(connection: Connection, conversation_id: str, code: str, until: datetime) -> None:
    """Keep a code; one that another conversation was given at the same instant opens neither for the second."""
    statement = update(HandOver).where(HandOver.conversation_id == conversation_id)
    try:
        with connection.begin_nested():
            connection.execute(statement.values(code=code, code_until=until))
    except IntegrityError:
        connection.execute(statement.values(code=None, code_until=None))


def leave(connection: Connection, conversation_id: str) -> bool:
    """Let a conversation wait no more; False where it did not."""
    waits = and_(HandOver.conversation_id == conversation_id, HandOver.owner_id.is_(None))
    statement = update(HandOver).where(waits).values(phone=None, phone_at=None)
    if not connection.execute(statement).rowcount:
        return False
    repository.change(connection, conversation_id, state="assistant")
    return True


def take(connection: Connection, conversation_id: str, operator_id: str, name: str, *, approves: bool = False) -> bool:
    """Give a conversation that nobody has to an operator: of many who try at once, exactly one gets it.

    ``approves``: whether the assistant proposes answers from the start.
    """
    waits = select(Conversation.id).where(Conversation.id == conversation_id, _WAITS).correlate(HandOver)
    statement = update(HandOver).where(
        HandOver.conversation_id == conversation_id, HandOver.owner_id.is_(None), waits.exists()
    )
    taken = connection.execute(statement.values(owner_id=operator_id, owner_name=name)).rowcount == 1
    if taken:
        proposals.switch(connection, conversation_id, on=approves)
        repository.change(connection, conversation_id, state="operator")
    return taken


def give(connection: Connection, conversation_id: str, operator_id: str, name: str, *, approves: bool = False) -> None:
    """Give a conversation to an operator, whoever has it."""
    statement = update(HandOver).where(HandOver.conversation_id == conversation_id)
    connection.execute(statement.values(owner_id=operator_id, owner_name=name))
    proposals.switch(connection, conversation_id, on=approves)
    repository.change(connection, conversation_id, state="operator")


def put_back(connection: Connection, conversation_id: str, **values: Any) -> None:
    """Let a conversation that somebody had wait again, since when it did before."""
    statement = update(HandOver).where(HandOver.conversation_id == conversation_id).returning(HandOver.phone)
    phone = connection.execute(statement.values(owner_id=None, owner_name=None, **values)).scalar()
    proposals.switch(connection, conversation_id, on=False)
    repository.change(connection, conversation_id, state="assistant" if phone else "waiting")


def end(connection: Connection, conversation_id: str, state: str) -> None:
    """End a hand-over: nobody has the conversation, and the number to call back is forgotten."""
    statement = update(HandOver).where(HandOver.conversation_id == conversation_id)
    connection.execute(statement.values(owner_id=None, owner_name=None, phone=None, phone_at=None))
    proposals.switch(connection, conversation_id, on=False)
    repository.change(connection, conversation_id, state=state)


def _of(conversation_id: str) -> Select[Any]:
    state = case((_CALLED, "waiting"), else_=Conversation.state).label("state")
    waits = and_(Proposal.conversation_id == HandOver.conversation_id, Proposal.waits.is_(True))
    proposes = select(Proposal.seq).where(waits).correlate(HandOver).exists().label("proposes")
    joined = select(
        HandOver.__table__, state, proposes, Conversation.channel, Conversation.language, Conversation.last_seq
    )
    joined = joined.join(Conversation, Conversation.id == HandOver.conversation_id)
    return joined.where(HandOver.conversation_id == conversation_id) if conversation_id else joined


def find(connection: Connection, conversation_id: str) -> Row[Any] | None:
    """Return a hand-over with its conversation's state, channel, language and last number, or None.

    Who is to be called back is ``waiting`` here.
    """
    return connection.execute(_of(conversation_id)).first()


def waiting(connection: Connection) -> Sequence[Row[Any]]:
    """Return all that wait, the longest first."""
    query = _of("").where(_WAITS).order_by(HandOver.since, HandOver.conversation_id)
    return connection.execute(query).all()


def owned(connection: Connection, operator_id: str | None = None) -> Sequence[Row[Any]]:
    """Return what an operator has, or all that anybody has, the oldest first."""
    query = _of("").where(Conversation.state == "operator")
    query = query.where(HandOver.owner_id == operator_id if operator_id else HandOver.owner_id.is_not(None))
    return connection.execute(query.order_by(HandOver.since, HandOver.conversation_id)).all()


def by_code(connection: Connection, code: str, now: datetime) -> str | None:
    """Return the conversation that a code opens."""
    query = select(HandOver.conversation_id).where(HandOver.code == code, HandOver.code_until > now)
    return connection.execute(query).scalar()


def drop_codes(connection: Connection, now: datetime) -> None:
    """Forget codes whose time is over, so that they can be given again."""
    over = update(HandOver).where(HandOver.code_until <= now).values(code=None, code_until=None)
    connection.execute(over)


def drop_call_backs(connection: Connection, before: datetime) -> int:
    """Forget numbers that were given before an instant, and with them that they wait; return how many."""
    over = update(HandOver).where(HandOver.phone_at < before).values(phone=None, phone_at=None)
    return connection.execute(over).rowcount


def is_approving(connection: Connection, conversation_id: str) -> bool:
    """Tell whether the assistant proposes answers in a conversation."""
    query = select(HandOver.approves).where(HandOver.conversation_id == conversation_id)
    return bool(connection.execute(query).scalar())


def said(connection: Connection, conversation_id: str, client_id: str) -> bool:
    """Tell whether an operator's message was said."""
    query = select(OperatorWords.seq).where(
        OperatorWords.conversation_id == conversation_id, OperatorWords.client_id == client_id
    )
    return connection.execute(query).first() is not None


def keep_words(connection: Connection, conversation_id: str, client_id: str, seq: int, name: str) -> None:
    """Keep that an operator's message was said, and under which name."""
    values = {"conversation_id": conversation_id, "client_id": client_id, "seq": seq, "name": name}
    connection.execute(insert(OperatorWords).values(values))


def names(connection: Connection, conversation_id: str) -> dict[int, str]:
    """Return the names of operators by the numbers of their messages."""
    query = select(OperatorWords.seq, OperatorWords.name).where(OperatorWords.conversation_id == conversation_id)
    return {row.seq: row.name for row in connection.execute(query)}


def note(connection: Connection, conversation_id: str, now: datetime, name: str, text: str) -> None:
    """Keep a note."""
    values = {"conversation_id": conversation_id, "at": now, "name": name, "text": text}
    connection.execute(insert(HandOverNote).values(values))


def notes(connection: Connection, conversation_id: str) -> list[NoteOut]:
    """Return the notes, in order."""
    query = select(HandOverNote.__table__).where(HandOverNote.conversation_id == conversation_id)
    rows = connection.execute(query.order_by(HandOverNote.id))
    return [NoteOut(at=row.at, name=row.name, text=row.text) for row in rows]


def add_access(
    connection: Connection, conversation_id: str, now: datetime, who: tuple[str | None, str], what: str
) -> None:
    """Keep that somebody (an id and a name) did something with a conversation."""
    operator_id, name = who
    values = {"conversation_id": conversation_id, "at": now, "operator_id": operator_id, "name": name, "what": what}
    connection.execute(insert(HandOverAccess).values(values))


def looked_since(connection: Connection, conversation_id: str, operator_id: str, since: datetime) -> bool:
    """Tell whether an operator looked at a conversation, or did something with it, since an instant."""
    query = select(HandOverAccess.id).where(
        HandOverAccess.conversation_id == conversation_id,
        HandOverAccess.operator_id == operator_id,
        HandOverAccess.at >= since,
        or_(HandOverAccess.what == "looked", HandOverAccess.what == "took"),
    )
    return connection.execute(query.limit(1)).first() is not None


def accesses(connection: Connection, conversation_id: str) -> list[AccessOut]:
    """Return who looked and did what, in order."""
    query = select(HandOverAccess.__table__).where(HandOverAccess.conversation_id == conversation_id)
    rows = connection.execute(query.order_by(HandOverAccess.id))
    return [AccessOut(at=row.at, name=row.name, what=row.what) for row in rows]


def of_conversation(connection: Connection, conversation_id: str) -> HandedOver | None:
    """Return everything that is kept of a conversation's hand-over; None where no person was asked for."""
    row = find(connection, conversation_id)
    if row is None:
        return None
    proposed = proposals.find(connection, conversation_id)
    return HandedOver(
        since=row.since,
        topic=row.topic,
        team=row.team,
        operator=row.owner_name,
        code=row.code,
        facts=row.facts,
        phone=row.phone,
        notes=notes(connection, conversation_id),
        accesses=accesses(connection, conversation_id),
        proposed=proposed.text if proposed is not None and proposed.waits else None,
    )


def count_waiting(connection: Connection, team: str | None, before: datetime | None) -> int:
    """Return how many wait at the screen, for a team or for any, since before an instant; not those to call back."""
    query = select(func.count()).select_from(HandOver).join(Conversation, Conversation.id == HandOver.conversation_id)
    query = query.where(Conversation.state == "waiting", HandOver.phone.is_(None))
    if team is not None:
        query = query.where(or_(HandOver.team == team, HandOver.team.is_(None)))
    if before is not None:
        query = query.where(HandOver.since < before)
    return connection.execute(query).scalar_one()
