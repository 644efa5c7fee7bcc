"""Sessions on the server: the browser has a token, the table its hash, and both end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import Connection, delete, insert, select, update

from services.desk.accounts.account import Account, account_of
from services.desk.keys import digest, new_token
from services.desk.settings import DeskSettings
from services.desk.tables import Tables

#: ``code``: the password was right and the second factor is missing.
Stage = Literal["code", "whole"]

#: So often at most it is written down that a session is used.
_NOTE_EVERY: Final = timedelta(minutes=1)
#: Time for the second factor.
_CODE_TIME: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class Session:
    """A session that holds, and whose it is."""

    id: str
    stage: Stage
    account: Account
    created_at: datetime
    seen_at: datetime


class Sessions:
    """The sessions of a database."""

    def __init__(self, tables: Tables, settings: DeskSettings) -> None:
        self._table = tables.sessions
        self._accounts = tables.accounts
        self._idle = timedelta(minutes=settings.idle_minutes)
        self._longest = timedelta(hours=settings.session_hours)

    def begin(self, connection: Connection, account_id: str, stage: Stage, at: datetime) -> str:
        """Begin a session and return its token."""
        token = new_token()
        connection.execute(
            insert(self._table).values(id=digest(token), account_id=account_id, stage=stage, created_at=at, seen_at=at)
        )
        return token

    def find(self, connection: Connection, token: str, at: datetime) -> Session | None:
        """Return the session of a token, as long as it and its account hold."""
        return self.find_by_id(connection, digest(token), at)

    def find_by_id(self, connection: Connection, session_id: str, at: datetime) -> Session | None:
        """Return a session by what is kept of its token, as long as it and its account hold."""
        row = connection.execute(select(self._table).where(self._table.c.id == session_id)).one_or_none()
        if row is None:
            return None
        longest = self._longest if row.stage == "whole" else _CODE_TIME
        if at - row.created_at >= longest or at - row.seen_at >= self._idle:
            return None
        owner = connection.execute(select(self._accounts).where(self._accounts.c.id == row.account_id)).one()
        if not owner.enabled:
            return None
        return Session(row.id, row.stage, account_of(owner), row.created_at, row.seen_at)

    def due(self, session: Session, at: datetime) -> bool:
        """Tell whether it is time to write down that a session is used."""
        return at - session.seen_at >= _NOTE_EVERY

    def note(self, connection: Connection, session_id: str, at: datetime) -> None:
        """Write down that a session is used."""
        connection.execute(update(self._table).where(self._table.c.id == session_id).values(seen_at=at))

    def end(self, connection: Connection, session_id: str) -> None:
        """End a session."""
        connection.execute(delete(self._table).where(self._table.c.id == session_id))

    def end_all(self, connection: Connection, account_id: str, but: str = "") -> None:
        """End every session of an account, save one."""
        connection.execute(delete(self._table).where(self._table.c.account_id == account_id, self._table.c.id != but))
