"""Passwords: argon2id hashes, and which passwords are taken."""

from __future__ import annotations

import asyncio
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

#: A longer one would only keep the machine busy.
MOST: int = 256
#: Each hash takes 64 MiB while it is made.
_AT_ONCE = 2


class WeakError(ValueError):
    """A password that is not taken; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Passwords:
    """Makes and checks hashes, a few at once, in threads."""

    def __init__(self, least: int) -> None:
        self._least = least
        self._hasher = PasswordHasher()
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def hashed(self, password: str, *, login: str | None = None) -> str:
        """Return the hash of a new password. Raises WeakError."""
        self.check(password, login=login)
        async with self._places:
            return await asyncio.to_thread(self._hasher.hash, password)

    def check(self, password: str, *, login: str | None = None) -> None:
        """Raise WeakError where a new password is not taken: too_short, too_long, too_easy."""
        if len(password) < self._least:
            raise WeakError("too_short")
        if len(password) > MOST:
            raise WeakError("too_long")
        if len(set(password)) < 5 or (login and login.casefold() in password.casefold()):
            raise WeakError("too_easy")

    async def fits(self, kept: str | None, password: str) -> bool:
        """Tell whether a password is the one; takes as long where there is none."""
        async with self._places:
            return await asyncio.to_thread(self._fits, kept, password)

    def _fits(self, kept: str | None, password: str) -> bool:
        try:
            self._hasher.verify(kept or self._nobody, password[:MOST])
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None

    @cached_property
    def _nobody(self) -> str:
        """A hash for names that are not known."""
        return self._hasher.hash("nobody")
