"""One import of a feed at a time, whichever process runs it; a lock that goes with a process that is killed."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, func, select

#: PostgreSQL's advisory locks have two numbers: this one says that it is an import, the other which feed's.
_IMPORTS: Final = 7_201_003


@contextmanager
def import_of(engine: Engine, feed: str) -> Iterator[bool]:
    """Tell whether this is the only import of the feed that runs, and keep it so until the block ends."""
    digest = hashlib.sha256(feed.encode()).digest()
    if engine.dialect.name == "postgresql":
        number = int.from_bytes(digest[:4], signed=True)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            mine = bool(connection.scalar(select(func.pg_try_advisory_lock(_IMPORTS, number))))
            try:
                yield mine
            finally:
                if mine:
                    connection.execute(select(func.pg_advisory_unlock(_IMPORTS, number)))
        return
    database = engine.url.database
    if not database or database == ":memory:":
        yield True
        return
    folder = Path(f"{database}.locks")
    folder.mkdir(parents=True, exist_ok=True)
    file = os.open(folder / digest.hex()[:16], os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _locked(file)
    finally:
        os.close(file)


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
