"""How far each operator has read: what is beyond it is marked as unread."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from services.desk.tables import Tables


class ReadMarks:
    """The marks of a database."""

    def __init__(self, tables: Tables) -> None:
        self._table = tables.seen

    def of(self, connection: Connection, account_id: str) -> Mapping[str, int]:
        """Return the number of the last message read, by conversation."""
        query = select(self._table.c.conversation_id, self._table.c.seq).where(self._table.c.account_id == account_id)
        return {row.conversation_id: row.seq for row in connection.execute(query)}

    def note(self, connection: Connection, account_id: str, conversation_id: str, seq: int) -> None:
        """Note that somebody has read up to a message; a mark never goes back."""
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        statement = dialect.insert(self._table).values(account_id=account_id, conversation_id=conversation_id, seq=seq)
        further = statement.on_conflict_do_update(
            index_elements=["account_id", "conversation_id"],
            set_={"seq": statement.excluded.seq},
            where=self._table.c.seq < statement.excluded.seq,
        )
        try:
            with connection.begin_nested():
                connection.execute(further)
        except IntegrityError:
            return  # the conversation was erased at the same moment
