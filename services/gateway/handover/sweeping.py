"""What happens by itself: an operator's lost connection, and a queue that everybody has left."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from kit.clock import Clock
from services.gateway.conversations import handovers, presences
from services.gateway.conversations.service import Chat, Unasked
from services.gateway.core.database import Database
from services.gateway.core.errors import ChatError
from services.gateway.core.observability import Metrics
from services.gateway.dialogue.port import Draft
from services.gateway.handover.news import Newsroom
from services.gateway.handover.proposing import Proposing
from services.gateway.handover.settings import Times
from services.gateway.handover.words import Words

log = logging.getLogger(__name__)


class Sweeping:
    """Looks again and again at who has not been seen for a grace time.

    After a start it waits that time first: a gateway that was down has not heard anybody, and their pages come back.
    """

    def __init__(
        self,
        *,
        database: Database,
        conversations: Chat,
        newsroom: Newsroom,
        words: Words,
        proposing: Proposing,
        metrics: Metrics,
        clock: Clock,
        times: Times,
    ) -> None:
        self._database = database
        self._conversations = conversations
        self._news = newsroom
        self._words = words
        self._proposing = proposing
        self._metrics = metrics
        self._clock = clock
        self._times = times
        self._started = clock.now()

    async def sweep(self) -> None:
        """Put back what nobody has any more, send home who waits for nobody, have answers proposed, count who waits."""
        now = self._clock.now()
        seen = now - self._times.grace
        await self._database.write(lambda connection: handovers.drop_codes(connection, now))
        if self._started <= seen:
            people, owned, waiting = await self._database.read(lambda connection: _look(connection, seen))
            for row in owned:
                if row.owner_id not in people:
                    await self._lost(row, seen)
            if not people:
                for row in waiting:
                    if row.phone is None and row.since <= seen:
                        await self._abandoned(row, seen)
        await self._proposing.catch_up()
        await self.measure()

    async def measure(self) -> None:
        """Count who waits and who answers."""
        seen = self._clock.now() - self._times.grace
        people, owned, waiting = await self._database.read(lambda connection: _look(connection, seen))
        self._metrics.waiting.set(len(waiting))
        self._metrics.with_operators.set(len(owned))
        self._metrics.operators.set(len(people))

    async def _lost(self, row: Row[Any], seen: datetime) -> None:
        """Put one conversation back, if its operator has not come back meanwhile."""

        def claim(connection: Connection, _seq: int) -> bool:
            there, person = handovers.find(connection, row.conversation_id), presences.find(connection, row.owner_id)
            if there is None or there.owner_id != row.owner_id or (person is not None and person.seen_at >= seen):
                return False
            handovers.put_back(connection, row.conversation_id)
            who = (None, row.owner_name)
            handovers.add_access(connection, row.conversation_id, self._clock.now(), who, "lost")
            return True

        if await self._tell(row, self._words.plain("hand_lost", row.language, name=row.owner_name), claim):
            log.info("a conversation waits again: its operator was not seen any more")
            self._news.queue(row.conversation_id)
            self._news.chats(row.conversation_id, row.owner_id)

    async def _abandoned(self, row: Row[Any], seen: datetime) -> None:
        """Tell one resident that nobody comes, if still nobody is there."""

        def claim(connection: Connection, _seq: int) -> bool:
            there = handovers.find(connection, row.conversation_id)
            is_alone = not presences.since(connection, seen)
            waits = there is not None and there.state == "waiting" and there.phone is None
            return is_alone and waits and handovers.leave(connection, row.conversation_id)

        if await self._tell(row, self._words.abandoned(row.language), claim):
            self._news.queue(None)

    async def _tell(self, row: Row[Any], drafts: tuple[Draft, ...], claim: Any) -> bool:
        try:
            return await self._conversations.tell(row.conversation_id, "system", drafts, Unasked(claim=claim))
        except ChatError:  # erased meanwhile
            return False


def _look(connection: Connection, seen: datetime) -> tuple[set[str], list[Row[Any]], list[Row[Any]]]:
    people = {row.operator_id for row in presences.since(connection, seen)}
    return people, list(handovers.owned(connection)), list(handovers.waiting(connection))
