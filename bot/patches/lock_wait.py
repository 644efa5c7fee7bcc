"""Looks for a conversation's lock every few milliseconds instead of every second.

A second message of the same conversation otherwise waits one second more than it needs to. The wait is an argument
that Rasa never gives; only its default is changed.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, LockStore

WAIT_S: Final = 0.01
_original = LockStore.lock


def apply() -> None:
    """Replace ``LockStore.lock`` by itself with a shorter wait."""
    LockStore.lock = _lock  # type: ignore[method-assign]


@asynccontextmanager
async def _lock(
    self: LockStore,
    conversation_id: str,
    lock_lifetime: float = LOCK_LIFETIME,
    wait_time_in_seconds: float = WAIT_S,
) -> AsyncGenerator[TicketLock, None]:
    async with _original(self, conversation_id, lock_lifetime, wait_time_in_seconds) as lock:
        yield lock
