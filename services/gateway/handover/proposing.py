"""Has the assistant propose answers in conversations that are in approval mode, beside the residents' own turns."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Final

from sqlalchemy import Connection

from services.gateway.conversations import proposals, repository
from services.gateway.core.database import Database
from services.gateway.handover.news import Newsroom
from services.gateway.handover.suggesting import Suggesting

#: Between two answers that are proposed together.
_BETWEEN: Final = "\n\n"


class Proposing:
    """What is still to be proposed is read from the database, so that a restart leaves nothing out."""

    def __init__(self, database: Database, suggesting: Suggesting, newsroom: Newsroom) -> None:
        self._database = database
        self._suggesting = suggesting
        self._news = newsroom
        self._running: dict[asyncio.Task[None], str] = {}

    def kick(self, conversation_id: str) -> None:
        """Propose an answer to the last message, if one is wanted, without waiting for it."""
        task = asyncio.ensure_future(self.propose(conversation_id))
        self._running[task] = conversation_id
        task.add_done_callback(self._running.pop)

    async def catch_up(self) -> None:
        """Propose what is still to be proposed, such as after a restart."""
        for conversation_id in await self._database.read(proposals.approving):
            if conversation_id not in self._running.values():
                self.kick(conversation_id)

    async def propose(self, conversation_id: str) -> None:
        """Ask the dialogue engine and keep what it says, unless something else was said meanwhile."""
        seq = await self._database.read(lambda connection: proposals.wanted(connection, conversation_id))
        found = await self._suggesting.suggest(conversation_id) if seq is not None else []
        if seq is None or not found:
            return
        source = next((each.source for each in found if each.source), None)
        text = _BETWEEN.join(each.text for each in found)

        def keep(connection: Connection) -> bool:
            changed = repository.change(connection, conversation_id)
            if changed is None or proposals.wanted(connection, conversation_id) != seq:
                return False
            proposals.keep(connection, conversation_id, seq, text=text, language=found[0].language, source=source)
            return True

        if await self._database.write(keep):
            await self._news.wrote(conversation_id, "assistant")

    async def settled(self) -> None:
        """Wait for what is under way."""
        await asyncio.gather(*self._running)

    async def close(self) -> None:
        """Leave what is under way; the next start goes on with it."""
        for task in list(self._running):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
