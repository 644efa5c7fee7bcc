"""Wakes the event streams of a conversation when something was stored for them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from http import HTTPStatus

from services.gateway.core.errors import ChatError


class Hub:
    """The streams that are open in this process; other processes' news are found by polling."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: dict[str, set[asyncio.Event]] = {}

    def count(self, conversation_id: str) -> int:
        """Return how many streams of a conversation are open."""
        return len(self._open.get(conversation_id, ()))

    def check(self, conversation_id: str) -> None:
        """Raise ChatError ``too_many_streams`` where no further stream may be opened."""
        if self.count(conversation_id) >= self._most:
            raise ChatError(HTTPStatus.TOO_MANY_REQUESTS, "too_many_streams", retry_after_s=10)

    @contextlib.contextmanager
    def listening(self, conversation_id: str) -> Iterator[asyncio.Event]:
        """Give the event that is set when there is news."""
        streams = self._open.setdefault(conversation_id, set())
        news = asyncio.Event()
        streams.add(news)
        try:
            yield news
        finally:
            streams.discard(news)
            if not streams and self._open.get(conversation_id) is streams:
                del self._open[conversation_id]

    def wake(self, conversation_id: str) -> None:
        """Tell a conversation's streams to look."""
        for news in self._open.get(conversation_id, ()):
            news.set()
