"""What supervisors see: queues, who is where, and every conversation that is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from kit.languages import Language
from services.desk.handover import Chat, Overview, Person, Queue
from services.gateway.conversations import handovers, presences
from services.gateway.handover import showing


def overview(connection: Connection, seen: datetime) -> Overview:
    """Return everything, with who was seen since an instant."""
    waiting = showing.chats(connection, handovers.waiting(connection))
    owned = showing.chats(connection, handovers.owned(connection))
    queues: dict[tuple[str | None, Language | None], list[Chat]] = defaultdict(list)
    for each in waiting:
        queues[each.team, each.language].append(each)
    found = [Queue(team, language, len(chats), chats[0].since) for (team, language), chats in queues.items()]
    return Overview(found, people(connection, seen), [*waiting, *owned])


def people(connection: Connection, seen: datetime) -> list[Person]:
    """Return who was seen at the desk since an instant."""
    counts = presences.counts(connection)
    return [_person(row, counts) for row in presences.since(connection, seen)]


def _person(row: Row[Any], counts: Mapping[str, int]) -> Person:
    id_ = row.operator_id
    return Person(id_, row.name, row.status, tuple(row.teams), tuple(row.languages), counts.get(id_, 0))
