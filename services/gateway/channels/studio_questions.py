"""The questions of residents that service teams should look at, as the gateway keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from services.gateway.channels.desk_tables import TABLES as DESK
from services.gateway.conversations.models import Conversation, Message, Turn, Understanding
from services.studio.inbox.questions import Question, Reason

#: An answer to a question of which the assistant was less sure than this may be one to another question.
UNSURE: Final = 0.5
_REASONS: Final[dict[str, Reason]] = {
    "clarified": "not_understood",
    "not_understood": "not_understood",
    "out_of_scope": "out_of_scope",
    "handed_over": "handed_over",
    "failed": "failed",
}
#: What a resident says next where the answer was to another question.
_CORRECTIONS: Final = ("correct_input", "feedback_negative", "insult")
#: Remarks that nobody has settled.
_OPEN: Final = ("open", "in_work")
#: What is asked for in so many words, and needs no look.
_PLAIN: Final = ("ask_human",)


def asked(connection: Connection, since: datetime, most: int) -> list[Question]:
    """Return the questions since an instant that somebody should look at, the newest first, at most so many."""
    found = [*_typed(connection, since, most), *_reported(connection, since, most)]
    return sorted(found, key=lambda each: each.at, reverse=True)[:most]


def _typed(connection: Connection, since: datetime, most: int) -> Iterator[Question]:
    answer = aliased(Message)
    disliked = exists().where(
        answer.turn_id == Understanding.turn_id, answer.author == "assistant", answer.feedback == "down"
    )
    # What was said next in the conversation; Turn has no order of its own, its messages have.
    following = (
        func.lead(Understanding.intent)
        .over(partition_by=Turn.conversation_id, order_by=(Message.seq, Understanding.position))
        .label("following")
    )
    said = (
        select(
            Understanding.__table__,
            Message.id.label("message_id"),
            Message.text,
            func.coalesce(Message.language, Conversation.language).label("language"),
            Conversation.channel,
            disliked.label("disliked"),
            following,
        )
        .join(Turn, Turn.id == Understanding.turn_id)
        .join(Conversation, Conversation.id == Turn.conversation_id)
        .join(Message, and_(Message.turn_id == Turn.id, Message.author == "resident"))
        .where(Understanding.at >= since)
        .subquery()
    )
    worth_it = or_(
        said.c.outcome.in_(_REASONS),
        said.c.disliked,
        said.c.following.in_(_CORRECTIONS),
        and_(said.c.outcome != "said", said.c.confidence < UNSURE),
    )
    query = select(said).where(said.c.typed, said.c.intent.not_in(_PLAIN), worth_it)
    for row in connection.execute(query.order_by(said.c.at.desc()).limit(most)):
        yield _question(row)


def _question(row: Row[Any]) -> Question:
    reasons: set[Reason] = set()
    if row.outcome in _REASONS:
        reasons.add(_REASONS[row.outcome])
    elif row.outcome != "said" and row.confidence is not None and row.confidence < UNSURE:
        reasons.add("unsure")
    if row.disliked:
        reasons.add("thumbs_down")
    if row.following in _CORRECTIONS:
        reasons.add("corrected")
    return Question(
        id=f"{row.message_id}:{row.position}",
        text=row.text,
        language=row.language,
        at=row.at,
        channel=row.channel,
        intent=row.intent,
        guess=row.guess,
        second=row.second,
        confidence=row.confidence,
        outcome=row.outcome,
        reasons=frozenset(reasons),
    )


def _reported(connection: Connection, since: datetime, most: int) -> Iterator[Question]:
    """Yield the questions on which an operator remarked that the answer is wrong or missing."""
    remarks = DESK.remarks
    query = select(remarks).where(remarks.c.at >= since, remarks.c.state.in_(_OPEN))
    query = query.order_by(remarks.c.at.desc()).limit(most)
    for row in connection.execute(query):
        yield Question(
            id=row.id,
            text=row.question,
            language=row.language,
            at=row.at,
            channel="desk",
            intent="",
            guess=None,
            second=None,
            confidence=None,
            outcome="answered",
            reasons=frozenset({"reported"}),
        )
