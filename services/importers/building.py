"""A session that builds a new version beside the one in use without keeping other writers waiting.

SQLite lets one connection write at a time, and residents book and report into the same database while a feed is
imported. So each statement that writes is committed by itself, which nobody sees before the version is switched to,
and after some of them the importer steps aside for a moment: who waits for the lock only looks now and then.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final

from sqlalchemy import Engine, UpdateBase, event
from sqlalchemy.engine import Result
from sqlalchemy.orm import ORMExecuteState, Session

from services.city.core.bulk import insert_rows
from services.city.core.database import make_session_factory
from services.city.models.base import Base

_BATCH: Final = 4_000
#: After having held the lock for this long in all, for how long others have it.
_HELD_S: Final = 0.030
_ASIDE_S: Final = 0.015


class Turns:
    """Commits what a session wrote and gives way to others, in the measure in which it held them up."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._alone = session.get_bind().dialect.name != "sqlite"
        self._held_s = 0.0

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Commit what the block writes, then step aside where it was long enough."""
        begun = time.monotonic()
        yield
        self._session.commit()
        self._held_s += time.monotonic() - begun
        if self._held_s > _HELD_S and not self._alone:
            time.sleep(_ASIDE_S * self._held_s / _HELD_S)
            self._held_s = 0.0


class Builder:
    """Writes rows into a version that is being built, some thousands at a time."""

    def __init__(self, session: Session, turns: Turns) -> None:
        self.session = session
        self.turns = turns

    def write(self, table: type[Base], rows: Iterable[Mapping[str, Any]]) -> int:
        """Insert rows that have the same keys, by the database's fastest way; return how many there were.

        Values go to the driver as they are: none of a JSON column.
        """
        count = 0
        remaining = iter(rows)
        while batch := list(islice(remaining, _BATCH)):
            columns = tuple(batch[0])
            values = [tuple(row.values()) for row in batch]
            with self.turns.writing():
                insert_rows(self.session, table, columns, values)
            count += len(batch)
        return count


@contextmanager
def building(engine: Engine) -> Iterator[Builder]:
    """Open a session whose statements that write are committed one by one."""
    with make_session_factory(engine)() as session:
        turns = Turns(session)

        def execute(state: ORMExecuteState) -> Result[Any] | None:
            statement = state.statement
            # One that returns rows is committed with the next: they are still to be read.
            if not isinstance(statement, UpdateBase) or statement.returning_column_descriptions:
                return None
            with turns.writing():
                return state.invoke_statement()

        event.listen(session, "do_orm_execute", execute)
        yield Builder(session, turns)
