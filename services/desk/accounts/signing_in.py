"""Signing in: a name and a password, then a code; or the organisation's own sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from sqlalchemy import Connection

from kit.clock import Clock
from services.desk.accounts import codes
from services.desk.accounts.account import Account
from services.desk.accounts.attempts import Attempts
from services.desk.accounts.passwords import Passwords
from services.desk.accounts.repository import Accounts, login_of
from services.desk.accounts.sessions import Session, Sessions, Stage
from services.desk.errors import DeskError
from services.desk.keys import Keys
from services.desk.port import Storage
from services.desk.settings import DeskSettings


@dataclass(frozen=True)
class Enrolment:
    """What a telephone needs to show codes."""

    secret: str
    address: str


class SigningIn:
    """Lets people in, one factor after the other; each step gives the browser another token."""

    def __init__(
        self,
        *,
        storage: Storage,
        accounts: Accounts,
        sessions: Sessions,
        attempts: Attempts,
        passwords: Passwords,
        keys: Keys,
        clock: Clock,
        settings: DeskSettings,
    ) -> None:
        self._storage = storage
        self._accounts = accounts
        self._sessions = sessions
        self._attempts = attempts
        self._passwords = passwords
        self._keys = keys
        self._clock = clock
        self._second_factor = settings.second_factor == "required"

    async def by_password(self, login: str, password: str) -> tuple[str, Stage]:
        """Return a new token and what it is good for. Raises DeskError: wrong_password, wait."""
        now, key = self._clock.now(), self._keys.hashed("login", login_of(login))
        await self._begin(key, now)
        account = await self._storage.read(lambda connection: self._accounts.by_login(connection, login))
        fits = await self._passwords.fits(account.password if account else None, password)
        if account is None or not fits or not account.enabled:
            raise DeskError(HTTPStatus.UNAUTHORIZED, "wrong_password")
        stage: Stage = "code" if self._second_factor else "whole"

        def begin(connection: Connection) -> str:
            self._attempts.clear(connection, key)
            return self._signed(connection, account.id, stage, now)

        return await self._storage.write(begin), stage

    async def enrolment(self, session: Session, issuer: str) -> Enrolment | None:
        """Return what a telephone needs, made at the first look; None where one is set up."""
        account = session.account
        if account.enrolled:
            return None
        secret = self._keys.opened(account.secret) if account.secret else None
        if secret is None:
            secret = codes.new_secret()
            closed = self._keys.closed(secret)
            await self._storage.write(
                lambda connection: self._accounts.change(connection, account.id, secret=closed, last_step=None)
            )
        return Enrolment(secret, codes.address(secret, account.login or account.name, issuer))

    async def by_code(self, session: Session, code: str) -> str:
        """Return the token of a whole session. Raises DeskError: wrong_code, used_code, wait, no_secret."""
        now, account = self._clock.now(), session.account
        key = self._keys.hashed("code", account.id)
        await self._begin(key, now)
        secret = self._keys.opened(account.secret) if account.secret else None
        if secret is None:
            raise DeskError(HTTPStatus.FORBIDDEN, "no_secret")
        step = codes.step_of(secret, code, now)
        if step is None:
            raise DeskError(HTTPStatus.UNAUTHORIZED, "wrong_code")

        def finish(connection: Connection) -> str | None:
            if not self._accounts.use_step(connection, account.id, step):
                return None
            self._attempts.clear(connection, key)
            self._accounts.change(connection, account.id, enrolled=True)
            self._sessions.end(connection, session.id)
            return self._signed(connection, account.id, "whole", now)

        token = await self._storage.write(finish)
        if token is None:
            raise DeskError(HTTPStatus.UNAUTHORIZED, "used_code")
        return token

    async def vouched(self, account: Account) -> str:
        """Return the token of somebody whom the organisation's sign-in vouches for."""
        now = self._clock.now()
        return await self._storage.write(lambda connection: self._signed(connection, account.id, "whole", now))

    def _signed(self, connection: Connection, account_id: str, stage: Stage, now: datetime) -> str:
        if stage == "whole":
            self._accounts.change(connection, account_id, signed_in_at=now)
        return self._sessions.begin(connection, account_id, stage, now)

    async def _begin(self, key: str, now: datetime) -> None:
        wait = await self._storage.write(lambda connection: self._attempts.begin(connection, key, now))
        if wait:
            raise DeskError(HTTPStatus.TOO_MANY_REQUESTS, "wait", retry_after_s=wait)
