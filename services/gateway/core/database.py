"""The conversations' database: units of work, each a plain function of a connection, run without blocking the loop.

SQLite's runs in threads, a whole unit at a time: an async driver would go to a thread and back for each statement.
PostgreSQL's runs on its async driver.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import sqlite3
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_random

T = TypeVar("T")
Work = Callable[[Connection], T]


class Database(Protocol):
    """Runs units of work. Statements' parameters are people's words and never reach a log."""

    async def read(self, work: Work[T]) -> T:
        """Run work that only reads."""
        ...

    async def write(self, work: Work[T]) -> T:
        """Run work in a transaction that is committed at its end, and rolled back where it raises."""
        ...

    def alone(self, key: str) -> contextlib.AbstractAsyncContextManager[bool]:
        """Let no other process do what it does with the same key; tell whether there may be other processes."""
        ...

    async def forget(self) -> None:
        """Overwrite what was deleted wherever the database still holds it, as far as readers let it."""
        ...

    async def close(self) -> None:
        """Close every connection."""
        ...


class SqliteDatabase:
    """A file that belongs to one process; one thread writes, so that no writer has to wait by polling."""

    def __init__(self, engine: Engine, readers: int) -> None:
        self._engine = engine
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="conversations-read")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="conversations-write")

    async def read(self, work: Work[T]) -> T:
        """Run work that only reads."""

        def run() -> T:
            with self._engine.connect() as connection:
                return work(connection)

        return await asyncio.get_running_loop().run_in_executor(self._readers, run)

    async def write(self, work: Work[T]) -> T:
        """Run work in a transaction."""

        def run() -> T:
            with self._engine.begin() as connection:
                return work(connection)

        return await asyncio.get_running_loop().run_in_executor(self._writer, run)

    @contextlib.asynccontextmanager
    async def alone(self, key: str) -> AsyncIterator[bool]:
        """Do nothing: there is no other process."""
        del key
        yield False

    async def forget(self) -> None:
        """Empty the write-ahead log, which still holds what was deleted."""

        def run() -> None:
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

        await asyncio.get_running_loop().run_in_executor(self._writer, run)

    async def close(self) -> None:
        """Close every connection."""
        for threads in (self._readers, self._writer):
            threads.shutdown()
        self._engine.dispose()


class PostgresDatabase:
    """A server that several processes share."""

    def __init__(self, database_url: str, pool_size: int) -> None:
        self._engine = create_async_engine(database_url, pool_size=pool_size, pool_pre_ping=True, hide_parameters=True)
        # Connections of their own: who holds a lock still needs one of the others to go on.
        self._locks = create_async_engine(
            database_url, pool_size=pool_size, pool_pre_ping=True, isolation_level="AUTOCOMMIT"
        )

    async def read(self, work: Work[T]) -> T:
        """Run work that only reads."""
        async with self._engine.connect() as connection:
            return await connection.run_sync(work)

    async def write(self, work: Work[T]) -> T:
        """Run work in a transaction."""
        async with self._engine.begin() as connection:
            return await connection.run_sync(work)

    @contextlib.asynccontextmanager
    async def alone(self, key: str) -> AsyncIterator[bool]:
        """Hold an advisory lock; locks are given in the order of asking."""
        number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], signed=True)
        async with self._locks.connect() as connection:
            await connection.execute(text("SELECT pg_advisory_lock(:number)"), {"number": number})
            try:
                yield True
            finally:
                await connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": number})

    async def forget(self) -> None:
        """Leave it to PostgreSQL, whose vacuum clears what was deleted."""

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()
        await self._locks.dispose()


def open_database(database_url: str, *, pool_size: int) -> Database:
    """Return the database at a URL."""
    if make_url(database_url).get_backend_name() == "sqlite":
        return SqliteDatabase(sync_engine(database_url), pool_size)
    return PostgresDatabase(database_url, pool_size)


def sync_engine(database_url: str) -> Engine:
    """Return an engine that blocks, for threads and migrations; makes a SQLite file's folder."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        return create_engine(url, hide_parameters=True)
    if not url.database or url.database == ":memory:":
        raise ValueError("the conversations' database cannot be in memory: give a file, sqlite:///<path>")
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url.set(drivername="sqlite"), pool_size=20, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    pragmas = (
        "busy_timeout=10000",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        # What is deleted is overwritten, not only unlinked.
        "secure_delete=ON",
    )
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    _use_write_ahead_log(cursor)
    cursor.close()


def _use_write_ahead_log(cursor: Any) -> None:
    """Switch to it, which SQLite refuses at once, without waiting, while another connection does the same."""
    tries = Retrying(
        retry=retry_if_exception_type(sqlite3.OperationalError),
        stop=stop_after_delay(10),
        wait=wait_random(0.01, 0.05),
        reraise=True,
    )
    tries(cursor.execute, "PRAGMA journal_mode=WAL")
