"""SQL of accounts."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, or_, select, update

from services.desk.accounts.account import Account, account_of
from services.desk.tables import Tables


class Accounts:
    """The accounts of a database."""

    def __init__(self, tables: Tables) -> None:
        self._table = tables.accounts

    def add(self, connection: Connection, at: datetime, values: Mapping[str, Any]) -> str:
        """Add an account and return its id; the caller has looked whether its name is free."""
        account_id = uuid.uuid4().hex
        made = {"preferences": {}, "enrolled": False, "enabled": True, "created_at": at, "changed_at": at, **values}
        connection.execute(insert(self._table).values(id=account_id, **made))
        return account_id

    def by_login(self, connection: Connection, login: str) -> Account | None:
        """Return the account with a name to sign in with, however it is written."""
        return self._one(connection, self._table.c.login == login_of(login))

    def by_id(self, connection: Connection, account_id: str) -> Account | None:
        """Return an account."""
        return self._one(connection, self._table.c.id == account_id)

    def by_subject(self, connection: Connection, issuer: str, subject: str) -> Account | None:
        """Return the account of somebody at the organisation's sign-in."""
        return self._one(connection, self._table.c.issuer == issuer, self._table.c.subject == subject)

    def every(self, connection: Connection) -> Sequence[Account]:
        """Return all accounts by their names."""
        rows = connection.execute(select(self._table).order_by(func.lower(self._table.c.name), self._table.c.id))
        return [account_of(row) for row in rows]

    def change(self, connection: Connection, account_id: str, **values: Any) -> None:
        """Change an account."""
        connection.execute(update(self._table).where(self._table.c.id == account_id).values(**values))

    def use_step(self, connection: Connection, account_id: str, step: int) -> bool:
        """Take the time step of a code; False where it or a later one was taken before."""
        free = or_(self._table.c.last_step.is_(None), self._table.c.last_step < step)
        taken = connection.execute(
            update(self._table).where(self._table.c.id == account_id, free).values(last_step=step)
        )
        return taken.rowcount == 1

    def _one(self, connection: Connection, *conditions: Any) -> Account | None:
        row = connection.execute(select(self._table).where(*conditions)).one_or_none()
        return account_of(row) if row else None


def login_of(given: str) -> str:
    """Return a name to sign in with as it is kept."""
    return given.strip().casefold()
