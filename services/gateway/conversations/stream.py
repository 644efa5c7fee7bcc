"""The event stream of a conversation: what comes unasked, taken up again after the last event that was seen."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from sqlalchemy import Connection, Row
from sse_starlette import ServerSentEvent

from services.gateway.conversations import repository
from services.gateway.conversations.hub import Hub
from services.gateway.conversations.schemas import MessageOut, Reply
from services.gateway.core.database import Database
from services.gateway.core.observability import Metrics


def read_last_id(header: str | None) -> int | None:
    """Return the number in a ``Last-Event-ID`` header, or None where there is none of ours."""
    return int(header) if header and header.isascii() and header.isdigit() and len(header) < 10 else None


class Streams:
    """Streams of events: ``message`` for what is said unasked, ``state`` at first and when it changes, ``deleted``;
    ``typing`` when an operator writes, which has no number: who comes back does not need it."""

    def __init__(self, *, database: Database, hub: Hub, metrics: Metrics, poll_s: float) -> None:
        self._database = database
        self._hub = hub
        self._metrics = metrics
        self._poll_s = poll_s

    async def events(self, conversation_id: str, after: int | None) -> AsyncIterator[ServerSentEvent]:
        """Give events as they come; from now on where ``after`` is None."""
        with self._hub.listening(conversation_id) as news, self._metrics.streams.track_inprogress():
            state: str | None = None
            while True:
                news.clear()
                typing, news.typing = news.typing, False
                conversation, found = await self._database.read(partial(_look, conversation_id, after))
                if conversation is None:
                    yield ServerSentEvent("{}", event="deleted")
                    return
                after = conversation.last_seq if after is None else after
                for seq, message in found:
                    after = seq
                    yield _event("message", conversation, seq, [message])
                if state != conversation.state:
                    state = conversation.state
                    yield _event("state", conversation, after, [])
                if typing and state == "operator" and not found:
                    yield _event("typing", conversation, None, [])
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(news.wait(), self._poll_s)


def _look(
    conversation_id: str, after: int | None, connection: Connection
) -> tuple[Row[Any] | None, list[tuple[int, MessageOut]]]:
    conversation = repository.find(connection, conversation_id)
    news = repository.unasked(connection, conversation_id, after) if conversation and after is not None else []
    return conversation, news


def _event(name: str, conversation: Row[Any], number: int | None, messages: list[MessageOut]) -> ServerSentEvent:
    reply = Reply(messages=messages, language=conversation.language, state=conversation.state)
    return ServerSentEvent(reply.model_dump_json(), event=name, id=None if number is None else str(number))
