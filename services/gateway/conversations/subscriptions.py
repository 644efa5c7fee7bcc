"""All SQL of what residents are told of unasked."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, insert, select, update

from kit.clock import BRUSSELS
from kit.quiet import QUIET, Quiet
from services.gateway.conversations.models import Conversation, Request, Subscription
from services.gateway.dialogue.tasks import BeQuiet, Subscribe

#: More in one conversation would not be a resident's wish.
MOST: Final = 40
_SUBJECTS_AT_ONCE: Final = 200
_ROWS_AT_ONCE: Final = 500


def add(
    connection: Connection, conversation_id: str, wanted: Subscribe, now: datetime, last_seq: int | None = None
) -> None:
    """Store a subscription; ``last_seq``: the number of the message that confirms it.

    A reminder of collections replaces the one for the same place and bag; what is followed already stays as it is, but
    for its last day.
    """
    there = of_conversation(connection, conversation_id)
    same = [each for each in there if _key(each) == (wanted.kind, wanted.subject, wanted.fraction or "")]
    if same and wanted.kind != "collections":
        _change(connection, same[0].id, last_day=wanted.last_day, last_seq=last_seq)
        return
    if len(there) - len(same) >= MOST:
        return
    remove(connection, conversation_id, [each.id for each in same])
    quiet = _quiet(there)
    values = {
        **wanted.model_dump(exclude={"do", "fraction"}),
        "fraction": wanted.fraction or "",
        "quiet_from": quiet.start if quiet else None,
        "quiet_until": quiet.end if quiet else None,
        "since": now,
        "next_at": now,
        "version": 0,
        "last_seq": last_seq,
    }
    connection.execute(insert(Subscription).values(id=uuid.uuid4().hex, conversation_id=conversation_id, **values))


def remove(connection: Connection, conversation_id: str, ids: Sequence[str]) -> None:
    """Delete subscriptions of a conversation."""
    connection.execute(
        delete(Subscription).where(Subscription.conversation_id == conversation_id, Subscription.id.in_(ids))
    )


def remove_all(connection: Connection, conversation_id: str) -> int:
    """Delete every subscription of a conversation; return how many there were."""
    return connection.execute(delete(Subscription).where(Subscription.conversation_id == conversation_id)).rowcount


def be_quiet(connection: Connection, conversation_id: str, wanted: BeQuiet, now: datetime) -> None:
    """Set the quiet hours of every subscription of a conversation, and look at each again: its moment may change."""
    statement = update(Subscription).where(Subscription.conversation_id == conversation_id)
    connection.execute(statement.values(quiet_from=wanted.start, quiet_until=wanted.end, next_at=now))


def of_conversation(connection: Connection, conversation_id: str) -> list[Row[Any]]:
    """Return the subscriptions of a conversation, in the order in which they were asked for."""
    query = select(Subscription.__table__).where(Subscription.conversation_id == conversation_id)
    return list(connection.execute(query.order_by(Subscription.since, Subscription.id)))


def due_subjects(connection: Connection, kind: str, now: datetime) -> list[str]:
    """Return some of the subjects of a kind that are to be looked at by now, the longest due first."""
    query = select(Subscription.subject).where(Subscription.kind == kind, Subscription.next_at <= now)
    query = query.group_by(Subscription.subject).order_by(func.min(Subscription.next_at), Subscription.subject)
    return list(connection.scalars(query.limit(_SUBJECTS_AT_ONCE)))


def due(connection: Connection, kind: str, subject: str, now: datetime, after: str) -> list[Row[Any]]:
    """Return some subscriptions to a subject that are to be looked at by now, with ids ``after`` one, in their order;
    each with the language of its conversation and the key of its request, if there is one."""
    query = (
        select(Subscription.__table__, Conversation.language, Request.key)
        .join(Conversation, Conversation.id == Subscription.conversation_id)
        .outerjoin(
            Request,
            and_(Request.conversation_id == Subscription.conversation_id, Request.reference == Subscription.subject),
        )
        .where(Subscription.kind == kind, Subscription.subject == subject)
        .where(Subscription.next_at <= now, Subscription.id > after)
    )
    return list(connection.execute(query.order_by(Subscription.id).limit(_ROWS_AT_ONCE)))


def claim(connection: Connection, row: Row[Any], seq: int, *, seen: dict[str, Any], next_at: datetime) -> bool:
    """Take what is told of a subscription, which nobody can after; False where it was taken, or it is gone."""
    statement = update(Subscription).where(Subscription.id == row.id, Subscription.version == row.version)
    values = {"seen": seen, "version": row.version + 1, "last_seq": seq, "next_at": next_at}
    return connection.execute(statement.values(values)).rowcount == 1


def note(connection: Connection, looked_at: Iterable[tuple[Row[Any], dict[str, Any] | None, datetime]]) -> None:
    """Note what was seen of subscriptions (None: as before), and when to look again; nothing where one was claimed
    meanwhile."""
    values = [
        {"was": row.id, "before": row.version, "known": row.seen if seen is None else seen, "again": next_at}
        for row, seen, next_at in looked_at
    ]
    if not values:
        return
    same = (Subscription.id == bindparam("was"), Subscription.version == bindparam("before"))
    statement = update(Subscription).where(*same)
    connection.execute(statement.values(seen=bindparam("known"), next_at=bindparam("again")), values)


def quiet_hours(row: Row[Any]) -> Quiet | None:
    """Return the quiet hours of a row, of a subscription or of a delivery."""
    return Quiet(row.quiet_from, row.quiet_until) if row.quiet_from and row.quiet_until else None


def is_over(row: Row[Any], now: datetime) -> bool:
    """Tell whether the last day of a subscription has passed."""
    return row.last_day is not None and now.astimezone(BRUSSELS).date() > row.last_day


def _change(connection: Connection, subscription_id: str, **values: date | int | None) -> None:
    connection.execute(update(Subscription).where(Subscription.id == subscription_id).values(values))


def _key(row: Row[Any]) -> tuple[str, str, str]:
    return row.kind, row.subject, row.fraction


def _quiet(there: Sequence[Row[Any]]) -> Quiet | None:
    """Return the quiet hours of a new subscription: those of the others in its conversation."""
    return quiet_hours(there[-1]) if there else QUIET
