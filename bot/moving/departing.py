"""Gives conversations away: each after its turn that is under way, and none is taken here any more from then on."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any, Protocol


class MovedError(Exception):
    """The conversation is the next server's."""


class Sessions(Protocol):
    """What the store of sessions can do."""

    def names(self) -> list[str]:
        """Return the conversations of which there is a session."""
        ...

    def kept(self, sender_id: str) -> dict[str, Any] | None:
        """Return a session in a form that JSON keeps."""
        ...

    def adopt(self, sender_id: str, kept: Mapping[str, Any]) -> None:
        """Take over a session that another server has kept."""
        ...


class Departing:
    """Which conversations are under way here, and which have moved on."""

    def __init__(self) -> None:
        self._under_way: Counter[str] = Counter()
        self._moved: set[str] = set()
        self._closed = False
        self._waiting: dict[str, list[asyncio.Future[None]]] = {}

    @property
    def under_way(self) -> int:
        """How many messages are being answered."""
        return sum(self._under_way.values())

    @contextlib.asynccontextmanager
    async def turn(self, sender_id: str) -> AsyncIterator[None]:
        """Answer a message within the block. Raises MovedError where the conversation is not here any more."""
        if self._closed or sender_id in self._moved:
            raise MovedError
        self._under_way[sender_id] += 1
        try:
            yield
        finally:
            self._under_way[sender_id] -= 1
            if not self._under_way[sender_id]:
                del self._under_way[sender_id]
                for waiting in self._waiting.pop(sender_id, ()):
                    if not waiting.done():
                        waiting.set_result(None)

    async def give(self, sender_ids: Iterable[str], sessions: Sessions) -> dict[str, dict[str, Any]]:
        """Return the sessions of conversations, as they stand when nothing is under way in them.

        What was given stays here as it was, so that it can be given again where the answer was lost on its way.
        """
        given = {}
        for sender_id in sender_ids:
            self._moved.add(sender_id)
            while sender_id in self._under_way:
                ended = asyncio.get_running_loop().create_future()
                self._waiting.setdefault(sender_id, []).append(ended)
                await ended
            kept = sessions.kept(sender_id)
            if kept is not None:
                given[sender_id] = kept
        return given

    def close(self, sessions: Sessions) -> list[str]:
        """Take no more messages at all; return the conversations that are here, or will be after their turn."""
        self._closed = True
        return list(dict.fromkeys([*sessions.names(), *self._under_way]))

    def resume(self) -> None:
        """Take messages again, of every conversation as it was when it was given away."""
        self._closed = False
        self._moved.clear()
