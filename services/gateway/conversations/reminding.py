"""Says the reminders that are due: each evening once, whatever is restarted and however many processes there are."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Row

from kit.clock import Clock
from services.gateway.conversations import reminders
from services.gateway.conversations.evenings import Evening, due, evenings, following
from services.gateway.conversations.reminder_words import reminder
from services.gateway.conversations.service import Chat
from services.gateway.core.database import Database
from services.gateway.core.errors import ChatError
from services.gateway.core.texts import Texts
from services.gateway.dialogue.collections import CityCollections
from services.gateway.dialogue.places import CityDownError

log = logging.getLogger(__name__)

#: How far ahead collections are looked at, and how soon again: a holiday's shift may become known at any time.
_AHEAD_DAYS: Final = 15
_LOOK_AGAIN: Final = timedelta(hours=6)


class Reminding:
    """Looks at the reminders whose moment has come."""

    def __init__(self, *, database: Database, chat: Chat, city: CityCollections, texts: Texts, clock: Clock) -> None:
        self._database = database
        self._chat = chat
        self._city = city
        self._texts = texts
        self._clock = clock

    async def remind(self) -> int:
        """Say what is due and return how much that was; a façade that is down is asked again the next time."""
        said, passed = 0, set[str]()
        while rows := await self._database.read(partial(reminders.due, now=self._clock.now(), passed=tuple(passed))):
            for row in rows:
                passed.add(row.id)
                try:
                    said += await self._look_at(row)
                except CityDownError as error:
                    log.warning("reminders wait for the city façade: %s", error)
                    return said
        return said

    async def _look_at(self, row: Row[Any]) -> bool:
        now = self._clock.now()
        found = await self._city.at(row.place, now.date(), _AHEAD_DAYS)
        coming = evenings(found.items, row.fraction, row.at) if found else []
        evening = due(coming, row.since, row.last_put_out, now)
        said = False
        if evening and found:
            drafts = reminder(evening, row, now, found.source, self._texts)
            said = await self._say(row, evening, drafts)
        again = min(following(coming, now) or now + _LOOK_AGAIN, now + _LOOK_AGAIN)
        await self._database.write(partial(reminders.look_again, reminder_id=row.id, at=again))
        return said

    async def _say(self, row: Row[Any], evening: Evening, drafts: list[Any]) -> bool:
        claim = partial(_claim, row.id, evening.put_out)
        try:
            return await self._chat.tell(row.conversation_id, "assistant", drafts, claim=claim)
        except ChatError:  # erased meanwhile
            return False


def _claim(reminder_id: str, put_out: date, connection: Connection, seq: int) -> bool:
    return reminders.claim(connection, reminder_id, put_out, seq)
