"""What was done once and must not be done again: a message sent, a keyboard pressed, a group declined."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from kit.clock import Clock
from services.telegram.port import Storage
from services.telegram.tables import Tables


class Done:
    """Keys, each with the number or id of what came of it, or of the update that did it."""

    def __init__(self, storage: Storage, tables: Tables, clock: Clock) -> None:
        self._storage = storage
        self._table = tables.done
        self._clock = clock

    async def among(self, keys: Sequence[str]) -> dict[str, str | None]:
        """Return which of these were done."""
        query = select(self._table.c.key, self._table.c.value).where(self._table.c.key.in_(keys))
        return await self._storage.read(lambda connection: {row.key: row.value for row in connection.execute(query)})

    async def add(self, key: str, value: str | None = None) -> None:
        """Note it; noted before, it stays as it was."""
        await self.claim(key, value)

    async def claim(self, key: str, value: str | None = None) -> bool:
        """Note it; False where it was noted before with another value."""
        values = {"key": key, "value": value, "at": self._clock.now()}

        def store(connection: Connection) -> bool:
            row = connection.execute(select(self._table.c.value).where(self._table.c.key == key)).first()
            if row is None:
                connection.execute(insert(self._table).values(values))
            return row is None or row.value == value

        try:
            return await self._storage.write(store)
        except IntegrityError:  # another process noted it at the same moment
            return False

    async def forget(self, key: str) -> None:
        """Let it be done again."""
        statement = delete(self._table).where(self._table.c.key == key)
        await self._storage.write(lambda connection: connection.execute(statement) and None)

    async def purge(self, remember: timedelta) -> None:
        """Forget what nobody will try again."""
        statement = delete(self._table).where(self._table.c.at < self._clock.now() - remember)
        await self._storage.write(lambda connection: connection.execute(statement) and None)
