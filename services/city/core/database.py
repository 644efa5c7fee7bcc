"""Engine and sessions of the city database; SQLite is opened in WAL mode with foreign keys on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, SessionTransaction, sessionmaker


def make_engine(database_url: str, *, pool_size: int = 16, personal: bool = False) -> Engine:
    """Return an engine for the URL; the folder of a SQLite file is made where it is missing.

    ``personal``: people's words are written with it. They reach no log as parameters of a statement, and what is
    deleted is overwritten, which imports of whole data sets do without.
    """
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_size=pool_size, pool_pre_ping=True, hide_parameters=personal)
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    pool = {"pool_size": pool_size} if url.database else {}
    engine = create_engine(url, hide_parameters=personal, **pool)
    event.listen(engine, "connect", _prepare_sqlite)
    if personal:
        event.listen(engine, "connect", _overwrite_what_is_deleted)
    return engine


def make_session_factory(engine: Engine) -> sessionmaker[Session]:
    """Return the factory of sessions; a session is committed only by the code that opened it."""
    return sessionmaker(engine, expire_on_commit=False)


def make_reader_factory(engine: Engine) -> sessionmaker[Session]:
    """Return the factory of sessions that only read; each sees one moment, whatever is switched meanwhile."""
    if engine.dialect.name != "sqlite":
        return sessionmaker(engine.execution_options(isolation_level="REPEATABLE READ"), expire_on_commit=False)
    readers = sessionmaker(engine, expire_on_commit=False)
    event.listen(readers, "after_begin", _begin_sqlite)
    return readers


def _begin_sqlite(_session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    # The driver begins a transaction only at the first write.
    connection.exec_driver_sql("BEGIN")


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    pragmas = (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "cache_size=-65536",
    )
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _overwrite_what_is_deleted(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()
