"""What operators see: who waits, what is known and was said, who looked at it, and what is new."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Row

from services.desk.handover import (
    Access,
    Card,
    Chat,
    Event,
    GoneError,
    Line,
    Note,
    Overview,
    Person,
    Suggestion,
)
from services.gateway.conversations import handovers
from services.gateway.handover import overview, showing
from services.gateway.handover.codes import read_code
from services.gateway.handover.parts import Parts

#: A page that is looked at again within this time is still the same opening.
_SAMEOPENING: Final = timedelta(minutes=15)
#: States of a conversation that is an operator's affair.
OPEN: Final = ("waiting", "operator")
#: In place of the name of an account that is gone.
_NOBODY: Final = "–"


class Looking:
    """Conversations between residents and operators, to look at. Methods on a conversation may raise GoneError."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._database = parts.database
        self._news = parts.newsroom
        self._clock = parts.clock
        self._words = parts.words

    async def queue(self, teams: Sequence[str]) -> Sequence[Chat]:
        """Return who waits for one of the teams, the longest first."""

        def look(connection: Connection) -> list[Chat]:
            rows = handovers.waiting(connection)
            return showing.chats(connection, [row for row in rows if not teams or row.team in {None, *teams}])

        return await self._database.read(look)

    async def mine(self, operator_id: str) -> Sequence[Chat]:
        """Return the conversations that somebody has, the oldest first."""
        return await self._database.read(
            lambda connection: showing.chats(connection, handovers.owned(connection, operator_id))
        )

    async def card(self, conversation_id: str, operator_id: str) -> Card:
        """Return what is known; that it was looked at is noted once an opening."""
        await self._found(conversation_id)
        name, now = await self._name(operator_id), self._clock.now()

        def look(connection: Connection) -> Card:
            if not handovers.looked_since(connection, conversation_id, operator_id, now - _SAMEOPENING):
                handovers.add_access(connection, conversation_id, now, (operator_id, name), "looked")
            return showing.card(connection, there(connection, conversation_id))

        self._news.looks(operator_id, conversation_id)
        return await self._database.write(look)

    async def transcript(self, conversation_id: str, operator_id: str, after: int = 0) -> Sequence[Line]:
        """Return what was said after a message's number."""
        await self._found(conversation_id)
        return await self._database.read(lambda connection: showing.lines(connection, conversation_id, after))

    async def suggest(self, conversation_id: str) -> Sequence[Suggestion]:
        """Return what the assistant would answer now."""
        await self._found(conversation_id)
        return await self._parts.suggesting.suggest(conversation_id)

    async def notes(self, conversation_id: str) -> Sequence[Note]:
        """Return what was noted."""
        found = await self._database.read(lambda connection: handovers.notes(connection, conversation_id))
        return [Note(each.at, each.name, each.text) for each in found]

    async def overview(self) -> Overview:
        """Return everything at a glance."""
        return await self._database.read(partial(overview.overview, seen=self._seen()))

    async def people(self) -> Sequence[Person]:
        """Return who is at the desk."""
        return await self._database.read(partial(overview.people, seen=self._seen()))

    async def by_code(self, code: str, operator_id: str) -> str | None:
        """Return the conversation whose resident reads out a code; None where there is none."""
        del operator_id  # the look itself is noted when the conversation is shown
        find = partial(handovers.by_code, code=read_code(code), now=self._clock.now())
        return await self._database.read(find)

    async def accesses(self, conversation_id: str) -> Sequence[Access]:
        """Return who looked at a conversation and did what with it, the first first."""
        found = await self._database.read(lambda connection: handovers.accesses(connection, conversation_id))
        return [Access(each.at, each.name, each.what) for each in found]

    def events(self, operator_id: str) -> AbstractAsyncContextManager[AsyncIterator[Event]]:
        """Give what is new for somebody from now on."""
        return self._news.events(operator_id)

    def _seen(self) -> datetime:
        """Return since when somebody must have been seen to be there."""
        return self._clock.now() - self._parts.times.grace

    async def _found(self, conversation_id: str) -> Row[Any]:
        """Return a hand-over that operators may see: it is open, or its resident has just read out its code."""
        row = await self._database.read(lambda connection: there(connection, conversation_id))
        is_named = row.code_until is not None and row.code_until > self._clock.now()
        if row.state not in OPEN and not is_named:
            raise GoneError
        return row

    async def _name(self, operator_id: str) -> str:
        return await self._database.read(lambda connection: self._parts.name_of(connection, operator_id)) or _NOBODY


def there(connection: Connection, conversation_id: str) -> Row[Any]:
    """Return a hand-over. Raises GoneError."""
    row = handovers.find(connection, conversation_id)
    if row is None:
        raise GoneError
    return row
