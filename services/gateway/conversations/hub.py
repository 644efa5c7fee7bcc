"""Wakes the event streams of a conversation when something was stored for them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final

from services.gateway.core.errors import ChatError
from services.gateway.core.live import Live, LocalLive, News

_WAKE: Final = "wake"
_TYPING: Final = "typing"


class Ring(asyncio.Event):
    """Set when there is news; ``typing`` when it is that an operator writes."""

    typing = False


class Hub:
    """The streams that are open in this process; other processes' news comes live, or is found by polling."""

    def __init__(self, most: int, live: Live | None = None) -> None:
        self._most = most
        self._open: dict[str, set[Ring]] = {}
        self._live = live or LocalLive()
        self._hearing = contextlib.ExitStack()
        self._hearing.enter_context(self._live.listening(self._hear))

    def count(self, conversation_id: str) -> int:
        """Return how many streams of a conversation are open."""
        return len(self._open.get(conversation_id, ()))

    def check(self, conversation_id: str) -> None:
        """Raise ChatError ``too_many_streams`` where no further stream may be opened."""
        if self.count(conversation_id) >= self._most:
            raise ChatError(HTTPStatus.TOO_MANY_REQUESTS, "too_many_streams", retry_after_s=10)

    @contextlib.contextmanager
    def listening(self, conversation_id: str) -> Iterator[Ring]:
        """Give the event that is set when there is news."""
        streams = self._open.setdefault(conversation_id, set())
        news = Ring()
        streams.add(news)
        try:
            yield news
        finally:
            streams.discard(news)
            if not streams and self._open.get(conversation_id) is streams:
                del self._open[conversation_id]

    def wake(self, conversation_id: str) -> None:
        """Tell a conversation's streams to look."""
        self._live.tell({"kind": _WAKE, "conversation": conversation_id})

    def typing(self, conversation_id: str) -> None:
        """Tell a conversation's streams that an operator writes."""
        self._live.tell({"kind": _TYPING, "conversation": conversation_id})

    def _hear(self, news: News) -> None:
        if news.get("kind") not in (_WAKE, _TYPING):
            return
        for ring in self._open.get(news["conversation"], ()):
            ring.typing = ring.typing or news["kind"] == _TYPING
            ring.set()
