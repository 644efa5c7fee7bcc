"""The inbox: an update is stored before Telegram is told that it came, and waits there until it is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from kit.clock import Clock
from services.telegram.keys import Keys
from services.telegram.port import Storage
from services.telegram.tables import Tables

#: What became of an update: it waits, it came before, or its chat has too many that wait.
Taken = Literal["waits", "before", "flood"]

_AT_ONCE: Final = 500


@dataclass(frozen=True)
class Waiting:
    """An update that waits for its answer. ``follows``: the update before it has come, or none has."""

    id: int
    chat: str
    content: bytes
    conversation_id: str | None
    at: datetime
    tries: int
    follows: bool


class Inbox:
    """Updates by their chat, in the order of their numbers."""

    def __init__(self, storage: Storage, tables: Tables, keys: Keys, clock: Clock, max_waiting: int) -> None:
        self._storage = storage
        self._updates = tables.updates
        self._keys = keys
        self._clock = clock
        self._max_waiting = max_waiting

    async def take(self, update_id: int, chat: str | None, content: bytes) -> Taken:
        """Store an update of a chat; one without a chat is only remembered, so that it is known not to be missing."""
        table, now = self._updates, self._clock.now()
        closed = self._keys.closed(content) if chat else None

        def store(connection: Connection) -> Taken:
            if connection.execute(select(table.c.id).where(table.c.id == update_id)).first():
                return "before"
            waiting = select(func.count()).select_from(table).where(table.c.chat == chat)
            flood = chat is not None and connection.execute(waiting).scalar_one() >= self._max_waiting
            values = {"chat": None, "content": None} if flood else {"chat": chat, "content": closed}
            connection.execute(insert(table).values(id=update_id, at=now, **values))
            return "flood" if flood else "waits"

        try:
            return await self._storage.write(store)
        except IntegrityError:  # another process took it at the same moment
            return "before"

    async def next_of(self, chat: str) -> Waiting | None:
        """Return the first update of a chat that waits."""
        table, earlier = self._updates, self._updates.alias()
        # In one statement: what comes between two looks would be overtaken.
        before = select(func.max(earlier.c.id)).where(earlier.c.id < table.c.id).scalar_subquery().label("before")
        query = select(table, before).where(table.c.chat == chat).order_by(table.c.id).limit(1)
        row = await self._storage.read(lambda connection: connection.execute(query).first())
        if row is None:
            return None
        follows = row.before is None or row.before == row.id - 1
        return Waiting(row.id, row.chat, row.content, row.conversation_id, row.at, row.tries, follows)

    async def chats(self) -> list[str]:
        """Return the chats that have updates waiting."""
        table = self._updates
        query = select(table.c.chat).where(table.c.chat.is_not(None)).group_by(table.c.chat)
        query = query.order_by(func.min(table.c.id)).limit(_AT_ONCE)
        return await self._storage.read(lambda connection: list(connection.scalars(query)))

    async def begun(self, update_id: int, conversation_id: str) -> None:
        """Note in which conversation it is answered."""
        await self._change(update_id, conversation_id=conversation_id)

    async def tried(self, update_id: int) -> None:
        """Count a try."""
        await self._change(update_id, tries=self._updates.c.tries + 1)

    async def done(self, update_id: int) -> None:
        """Forget what it says and whose it is; only its number stays, so that it is not answered again."""
        await self._change(update_id, chat=None, content=None, conversation_id=None)

    async def purge(self, remember: timedelta) -> None:
        """Forget the numbers of updates that Telegram does not repeat any more."""
        table, since = self._updates, self._clock.now() - remember
        over = delete(table).where(table.c.at < since, table.c.chat.is_(None))
        await self._storage.write(lambda connection: connection.execute(over) and None)

    async def _change(self, update_id: int, **values: object) -> None:
        statement = update(self._updates).where(self._updates.c.id == update_id).values(values)
        await self._storage.write(lambda connection: connection.execute(statement) and None)
