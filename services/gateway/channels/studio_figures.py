"""Counts the questions that the gateway still keeps, for the studio's figures."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, and_, func, select

from kit.clock import BRUSSELS
from services.gateway.conversations.models import Conversation, Message, Turn, Understanding
from services.studio.insight.figures import Figure

#: What is no question: parts of a talk, such as thanks.
_SAID = "said"


def counted(connection: Connection, first: date, last: date) -> list[Figure]:
    """Return the figures of some days (in Brussels), both included."""
    since = datetime.combine(first, time(), BRUSSELS)
    until = datetime.combine(last + timedelta(days=1), time(), BRUSSELS)
    opinions = dict(_opinions(connection, since, until))
    query = (
        select(
            Understanding.turn_id,
            Understanding.position,
            Understanding.at,
            func.coalesce(Understanding.guess, "").label("intent"),
            func.coalesce(Turn.language, "").label("language"),
            Conversation.channel,
            Understanding.outcome,
            func.coalesce(Understanding.commune, "").label("commune"),
        )
        .join(Turn, Turn.id == Understanding.turn_id)
        .join(Conversation, Conversation.id == Turn.conversation_id)
        .where(Understanding.at >= since, Understanding.at < until, Understanding.outcome != _SAID)
    )
    questions: Counter[tuple[date, int, str, str, str, str, str]] = Counter()
    helped: Counter[tuple[date, int, str, str, str, str, str]] = Counter()
    not_helped: Counter[tuple[date, int, str, str, str, str, str]] = Counter()
    for row in connection.execute(query):
        at = row.at.astimezone(BRUSSELS)
        kind = (at.date(), at.hour, row.intent, row.language, row.channel, row.outcome, row.commune)
        questions[kind] += 1
        if row.position == 0:
            up, down = opinions.get(row.turn_id, (0, 0))
            helped[kind] += up
            not_helped[kind] += down
    return [Figure(*kind, count, helped[kind], not_helped[kind]) for kind, count in questions.items()]


def _opinions(connection: Connection, since: datetime, until: datetime) -> list[tuple[str, tuple[int, int]]]:
    """Return how many answers of each turn helped, and how many did not, as residents said."""
    query = (
        select(Message.turn_id, Message.feedback)
        .join(Understanding, and_(Understanding.turn_id == Message.turn_id, Understanding.position == 0))
        .where(Message.feedback.is_not(None), Understanding.at >= since, Understanding.at < until)
    )
    counts: dict[str, tuple[int, int]] = {}
    for row in connection.execute(query):
        turn_id = str(row.turn_id)
        up, down = counts.get(turn_id, (0, 0))
        counts[turn_id] = (up + (row.feedback == "up"), down + (row.feedback == "down"))
    return list(counts.items())
