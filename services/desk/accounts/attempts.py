"""Wrong passwords and codes: each makes the next try of the same name wait longer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from services.desk.settings import DeskSettings
from services.desk.tables import Tables

#: Beyond this many doublings every wait is the longest one.
_MOST_DOUBLINGS = 30


class Attempts:
    """Counts tries of a key, which stands for a name whether or not somebody has it."""

    def __init__(self, tables: Tables, settings: DeskSettings) -> None:
        self._table = tables.attempts
        self._free = settings.free_failures
        self._first_s = settings.first_wait_s
        self._longest_s = settings.longest_wait_s

    def begin(self, connection: Connection, key: str, at: datetime) -> float:
        """Count a try as wrong until it proves right, so that many at once cannot slip through; return 0.

        Where the key still has to wait, count nothing and return how long, in seconds.
        """
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        connection.execute(dialect.insert(self._table).values(key=key, failures=0, at=at).on_conflict_do_nothing())
        row = connection.execute(select(self._table).where(self._table.c.key == key).with_for_update()).one()
        wait: float = self.wait_s(row.failures) - (at - row.at).total_seconds()
        if wait > 0:
            return wait
        connection.execute(update(self._table).where(self._table.c.key == key).values(failures=row.failures + 1, at=at))
        return 0

    def clear(self, connection: Connection, *keys: str) -> None:
        """Forget the wrong tries of keys."""
        connection.execute(delete(self._table).where(self._table.c.key.in_(keys)))

    def wait_s(self, failures: int) -> float:
        """Return how long the next try has to wait after so many wrong ones."""
        beyond = failures - self._free
        if beyond < 0:
            return 0
        longest: float = min(self._longest_s, self._first_s * 2 ** min(beyond, _MOST_DOUBLINGS))
        return longest
