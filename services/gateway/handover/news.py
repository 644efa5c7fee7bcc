"""What is live of the hand-over: told to every process, and given to each operator as far as it is theirs."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Final

from services.desk.handover import Author, Event
from services.gateway.conversations import handovers
from services.gateway.core.database import Database
from services.gateway.core.live import Live, News

_KIND: Final = "desk"
#: An operator's page that falls so far behind is told to begin anew.
_MOST_UNREAD: Final = 1000


class Newsroom:
    """Tells what happens, and lets operators hear it."""

    def __init__(self, live: Live, database: Database) -> None:
        self._live = live
        self._database = database

    def queue(self, conversation_id: str | None) -> None:
        """Tell that the queue has changed; of a conversation that has begun to wait, which."""
        self._tell("queue", conversation_id)

    def chats(self, conversation_id: str, *operators: str | None) -> None:
        """Tell operators that a conversation has another owner."""
        self._tell("chats", conversation_id, to=[each for each in operators if each])

    def gone(self, conversation_id: str, owner_id: str | None) -> None:
        """Tell that a conversation was erased: who had it, or who saw it wait."""
        if owner_id:
            self.chats(conversation_id, owner_id)
        else:
            self.queue(None)

    def people(self) -> None:
        """Tell that somebody came, went or changed."""
        self._tell("people", None)

    async def wrote(self, conversation_id: str, author: Author) -> None:
        """Tell who has a conversation that something was said in it; where nobody has it, everybody."""
        row = await self._database.read(lambda connection: handovers.find(connection, conversation_id))
        if row is not None:
            self._tell("chat", conversation_id, author=author, to=[row.owner_id] if row.owner_id else None)

    async def delivered(self, conversation_id: str) -> None:
        """Tell who has a conversation that words of theirs have arrived, or will not."""
        row = await self._database.read(lambda connection: handovers.find(connection, conversation_id))
        if row is not None and row.owner_id:
            self._tell("delivery", conversation_id, to=[row.owner_id])

    def looks(self, operator_id: str, conversation_id: str) -> None:
        """Tell that somebody has a conversation open: they hear of it too."""
        self._live.tell({"kind": _KIND, "looks": operator_id, "conversation": conversation_id})

    @contextlib.asynccontextmanager
    async def events(self, operator_id: str) -> AsyncIterator[AsyncIterator[Event]]:
        """Give what is new for somebody from now on."""
        unread: asyncio.Queue[Event] = asyncio.Queue(_MOST_UNREAD)
        open_chat: str | None = None
        is_behind = False

        def hear(news: News) -> None:
            nonlocal open_chat, is_behind
            if news.get("kind") != _KIND:
                return
            if "looks" in news:
                open_chat = news["conversation"] if news["looks"] == operator_id else open_chat
                return
            to = news.get("to")
            if to is not None and operator_id not in to and news["conversation"] != open_chat:
                return
            try:
                unread.put_nowait(Event(news["event"], news["conversation"], news.get("author")))
            except asyncio.QueueFull:
                is_behind = True

        async def every() -> AsyncIterator[Event]:
            while not is_behind:
                yield await unread.get()

        with self._live.listening(hear):
            yield every()

    def _tell(self, event: str, conversation_id: str | None, **more: object) -> None:
        self._live.tell({"kind": _KIND, "event": event, "conversation": conversation_id, **more})
