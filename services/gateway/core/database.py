"""The conversations' database: an async engine, read connections and one write transaction at a time on SQLite."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine


class Database:
    """Gives connections. Statements' parameters are people's words and never reach a log."""

    def __init__(self, database_url: str, *, pool_size: int = 8) -> None:
        self._url = make_url(database_url)
        self._sqlite = self._url.get_backend_name() == "sqlite"
        self.engine: AsyncEngine = create_async_engine(
            self._url, pool_size=pool_size, pool_pre_ping=not self._sqlite, hide_parameters=True
        )
        # SQLite lets one writer in at a time and makes the others poll; waiting here is fair and quicker.
        self._writing: contextlib.AbstractAsyncContextManager[Any] = (
            asyncio.Lock() if self._sqlite else contextlib.nullcontext()
        )
        # Connections of their own: who holds a lock still needs one of the others to go on.
        self._locks: AsyncEngine | None = None
        if self._sqlite:
            event.listen(self.engine.sync_engine, "connect", _prepare_sqlite)
        else:
            self._locks = create_async_engine(
                self._url, pool_size=pool_size, pool_pre_ping=True, isolation_level="AUTOCOMMIT"
            )

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection for reading."""
        async with self.engine.connect() as connection:
            yield connection

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection in a transaction that is committed at the end, and rolled back where the block raises."""
        async with self._writing, self.engine.begin() as connection:
            yield connection

    @contextlib.asynccontextmanager
    async def alone(self, key: str) -> AsyncIterator[bool]:
        """Let no other process do what it does with the same key; tell whether there may be other processes.

        A SQLite database belongs to one process. On PostgreSQL it is an advisory lock, given in the order of asking.
        """
        if self._locks is None:
            yield False
            return
        number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], signed=True)
        async with self._locks.connect() as connection:
            await connection.execute(text("SELECT pg_advisory_lock(:number)"), {"number": number})
            try:
                yield True
            finally:
                await connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": number})

    async def forget(self) -> None:
        """Empty SQLite's write-ahead log, which still holds what was deleted; as far as readers let it."""
        if self._sqlite:
            async with self._writing, self.engine.connect() as connection:
                await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()
        if self._locks is not None:
            await self._locks.dispose()


def sync_engine(database_url: str) -> Engine:
    """Return an engine for the same database that blocks, for migrations; makes a SQLite file's folder."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        return create_engine(url, hide_parameters=True)
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    blocking: URL = url.set(drivername="sqlite")
    engine = create_engine(blocking, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    pragmas = (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        # What is deleted is overwritten, not only unlinked.
        "secure_delete=ON",
    )
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
