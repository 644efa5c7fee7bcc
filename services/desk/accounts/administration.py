"""What administrators do with accounts; each act is noted with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from kit.languages import Language
from services.desk.accounts.account import Account
from services.desk.accounts.repository import Accounts, login_of
from services.desk.accounts.sessions import Sessions
from services.desk.port import Act, Record
from services.desk.settings import Role

_LOGIN: Final = re.compile(r"[\w.@+-]{2,120}")
_NAME: Final = re.compile(r"[^\x00-\x1f<>]{1,60}")


class RefusedError(ValueError):
    """An act that is not possible; the message says why."""


class Administration:
    """Adds, disables and resets accounts. ``who`` is as the record of acts has it."""

    def __init__(self, accounts: Accounts, sessions: Sessions, record: Record) -> None:
        self._accounts = accounts
        self._sessions = sessions
        self._record = record

    def add(
        self,
        connection: Connection,
        at: datetime,
        who: str,
        *,
        login: str,
        name: str,
        password: str,
        roles: Iterable[Role],
        teams: Sequence[str],
        languages: Sequence[Language],
    ) -> str:
        """Add an account with the hash of its password and return its id. Raises RefusedError."""
        login = login_of(login)
        if not _LOGIN.fullmatch(login):
            raise RefusedError(f"{login!r} cannot be a name to sign in with: 2 to 120 letters, digits and . @ + - _")
        if not _NAME.fullmatch(name):
            raise RefusedError(f"{name!r} cannot be a name: 1 to 60 characters, none of them < or >")
        if self._accounts.by_login(connection, login):
            raise RefusedError(f"there is an account {login} already")
        account_id = self._accounts.add(
            connection,
            at,
            {
                "login": login,
                "name": name,
                "password": password,
                "roles": sorted(roles),
                "teams": list(teams),
                "languages": list(languages),
            },
        )
        self._record(connection, at, who, "add_account")
        return account_id

    def enable(self, connection: Connection, at: datetime, who: str, account: Account, *, enabled: bool) -> None:
        """Let somebody sign in again, or not any more; then every session of theirs ends."""
        self._accounts.change(connection, account.id, enabled=enabled, changed_at=at)
        if not enabled:
            self._sessions.end_all(connection, account.id)
        act: Act = "enable_account" if enabled else "disable_account"
        self._record(connection, at, who, act)

    def reset(self, connection: Connection, at: datetime, who: str, account: Account, password: str | None) -> None:
        """Take the telephone away, give another password where there is one, and end every session."""
        values = {"password": password} if password else {}
        self._accounts.change(
            connection, account.id, secret=None, enrolled=False, last_step=None, changed_at=at, **values
        )
        self._sessions.end_all(connection, account.id)
        self._record(connection, at, who, "reset_account")

    def find(self, connection: Connection, named: str) -> Account:
        """Return an account by its name to sign in with, or its id. Raises RefusedError."""
        found = self._accounts.by_login(connection, named) or self._accounts.by_id(connection, named)
        if found is None:
            raise RefusedError(f"there is no account {named}")
        return found
