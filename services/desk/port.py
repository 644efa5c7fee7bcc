"""What the desk needs of the gateway: its database, its limits, its record of acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")

#: Acts on accounts that somebody has to answer for.
Act = Literal["add_account", "enable_account", "disable_account", "reset_account"]


class Storage(Protocol):
    """Runs units of work on the database that the desk's tables stand in."""

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run work that only reads."""
        ...

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run work in a transaction."""
        ...


@dataclass(frozen=True)
class TooManyError(Exception):
    """One more than is let through."""

    after_s: float


class Limit(Protocol):
    """So many at once, and so many a minute in the long run, for each key."""

    async def take(self, key: str) -> None:
        """Count one. Raises TooManyError."""
        ...


class Record(Protocol):
    """The record of acts that somebody has to answer for."""

    def __call__(self, connection: Connection, at: datetime, who: str, act: Act) -> None:
        """Note an act, in the transaction of the act itself."""
        ...
