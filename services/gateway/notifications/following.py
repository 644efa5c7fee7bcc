"""Looks at what residents follow, and tells the news: each once, whatever is restarted and however many there are."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Row

from kit.clock import Clock
from services.gateway.conversations import subscriptions
from services.gateway.conversations.service import Chat, Unasked
from services.gateway.core.database import Database
from services.gateway.core.errors import ChatError
from services.gateway.core.observability import Metrics
from services.gateway.dialogue.places import CityDownError
from services.gateway.notifications.kind import Kind, News

log = logging.getLogger(__name__)

#: When to look again at what could not be made sense of.
_AFTER_FAILURE: Final = timedelta(minutes=30)

_Noted = list[tuple[Row[Any], dict[str, Any] | None, datetime]]


class Following:
    """Looks at the subscriptions whose moment has come."""

    def __init__(
        self, *, database: Database, chat: Chat, kinds: Sequence[Kind], metrics: Metrics, clock: Clock
    ) -> None:
        self._database = database
        self._chat = chat
        self._kinds = {kind.name: kind for kind in kinds}
        self._metrics = metrics
        self._clock = clock

    @property
    def kinds(self) -> tuple[str, ...]:
        """The names of the kinds."""
        return tuple(self._kinds)

    async def look(self, kind: str) -> int:
        """Tell what is new of a kind and return how much that was.

        The façade is asked one question at a time, one a subject however many follow it. While it is down nothing is
        noted, and the next look tries again.
        """
        said, passed = 0, set[str]()
        while True:
            found = await self._database.read(partial(subscriptions.due_subjects, kind=kind, now=self._clock.now()))
            subjects = [subject for subject in found if subject not in passed]
            if not subjects:
                return said
            for subject in subjects:
                passed.add(subject)
                try:
                    said += await self._look_at(self._kinds[kind], subject)
                except CityDownError as error:
                    log.warning("what is followed waits for the city façade: %s", error)
                    self._metrics.unasked_held.labels(kind, "city_down").inc()
                    return said

    async def _look_at(self, kind: Kind, subject: str) -> int:
        """Look at a subject for everyone who follows it."""
        now = self._clock.now()
        said, facts, after = 0, None, ""
        while rows := await self._database.read(
            partial(subscriptions.due, kind=kind.name, subject=subject, now=now, after=after)
        ):
            after = rows[-1].id
            facts = facts or await kind.facts(rows[0], now)
            noted: _Noted = []
            try:
                for row in rows:
                    said += await self._look_for(kind, row, facts, noted)
            finally:
                await self._database.write(partial(subscriptions.note, looked_at=noted))
        return said

    async def _look_for(self, kind: Kind, row: Row[Any], facts: Any, noted: _Noted) -> bool:
        """Look for one resident, and tell them; what is not told is left for the caller to note."""
        now = self._clock.now()
        if subscriptions.is_over(row, now):
            await self._end(row)
            return False
        try:
            news = await kind.news(row, facts, now)
        except CityDownError:
            raise
        except Exception as error:  # one that cannot be read must not stop the others
            log.error("a subscription could not be looked at (%s): %s", kind.name, type(error).__name__)
            self._metrics.unasked_held.labels(kind.name, "failed").inc()
            noted.append((row, None, now + _AFTER_FAILURE))
            return False
        quiet = subscriptions.quiet_hours(row)
        if news.drafts and news.waits and quiet and quiet.holds(now):
            self._metrics.unasked_held.labels(kind.name, "quiet").inc()
            noted.append((row, None, quiet.over(now)))
        elif news.drafts:
            return await self._tell(kind, row, news)
        elif news.ends:
            await self._end(row)
        else:
            noted.append((row, news.seen, news.next_at))
        return False

    async def _end(self, row: Row[Any]) -> None:
        await self._database.write(partial(subscriptions.remove, conversation_id=row.conversation_id, ids=[row.id]))

    async def _tell(self, kind: Kind, row: Row[Any], news: News) -> bool:
        # Who named a time of day hears at that time, and of its retries, whatever hours are quiet.
        quiet = None if row.at else subscriptions.quiet_hours(row)
        how = Unasked(partial(_claim, row, news), news.until, quiet)
        try:
            said = await self._chat.tell(row.conversation_id, "assistant", news.drafts, how)
        except ChatError:  # erased meanwhile
            return False
        if said:
            self._metrics.unasked.labels(kind.name).inc()
        return said


def _claim(row: Row[Any], news: News, connection: Connection, seq: int) -> bool:
    seen = news.seen if news.seen is not None else row.seen or {}
    claimed = subscriptions.claim(connection, row, seq, seen=seen, next_at=news.next_at)
    if claimed and news.ends:
        subscriptions.remove(connection, row.conversation_id, [row.id])
    return claimed
