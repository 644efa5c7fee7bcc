"""Leaves no trace of what was erased in a SQLite file: what is deleted is overwritten, in the write-ahead log too."""

from __future__ import annotations

import logging

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

log = logging.getLogger(__name__)

#: How long the log waits for readers before it is left to the next erasure, in milliseconds.
_PATIENCE_MS = 1000


def forget(session: Session) -> None:
    """Empty the write-ahead log, which still holds what was deleted, once the session's transaction is committed.

    PostgreSQL's vacuum clears what was deleted by itself.
    """
    engine = session.get_bind()
    if isinstance(engine, Engine) and engine.dialect.name == "sqlite":
        event.listen(session, "after_commit", lambda _: _empty_log(engine), once=True)


def _empty_log(engine: Engine) -> None:
    with engine.connect() as connection:
        cursor = connection.connection.cursor()
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={_PATIENCE_MS}")
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.execute(f"PRAGMA busy_timeout={before}")
        cursor.close()
    if busy:
        log.warning("what was erased is still in the database's write-ahead log: others are reading")
