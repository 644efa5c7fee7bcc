"""Standing in line: what is said in one conversation is answered one after the other, in the order of arrival."""

from __future__ import annotations

import asyncio
from collections import deque
from http import HTTPStatus
from types import TracebackType
from typing import Self

from services.gateway.core.errors import ChatError


class Line:
    """One line a conversation, in this process; ``Database.alone`` keeps several processes apart."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._waiting: dict[str, deque[asyncio.Event]] = {}

    def join(self, key: str) -> Place:
        """Take a place at the end, at once; raises ChatError ``too_many_waiting``."""
        line = self._waiting.setdefault(key, deque())
        if len(line) >= self._most:
            raise ChatError(HTTPStatus.TOO_MANY_REQUESTS, "too_many_waiting", retry_after_s=2)
        turn = asyncio.Event()
        line.append(turn)
        if len(line) == 1:
            turn.set()
        return Place(self, key, turn)

    def leave(self, key: str, turn: asyncio.Event) -> None:
        """Give a place up and call the next."""
        line = self._waiting[key]
        line.remove(turn)
        if line:
            line[0].set()
        else:
            del self._waiting[key]


class Place:
    """A place in a line; leaves it at the end of the block."""

    def __init__(self, line: Line, key: str, turn: asyncio.Event) -> None:
        self._line = line
        self._key = key
        self._turn = turn

    @property
    def behind(self) -> bool:
        """Tell whether others are before it."""
        return not self._turn.is_set()

    async def called(self) -> None:
        """Wait until it is this one's turn."""
        await self._turn.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.leave(self._key, self._turn)
