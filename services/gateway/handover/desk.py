"""The operators' side: the desk's port, on the conversations' database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Row

from kit.clock import Clock
from kit.languages import Language
from services.desk.handover import (
    Access,
    Card,
    Chat,
    Event,
    GoneError,
    Line,
    Note,
    NotYoursError,
    Overview,
    Status,
    Suggestion,
)
from services.gateway.conversations import handovers, presences, repository
from services.gateway.conversations.service import Chat as Conversations
from services.gateway.conversations.service import Unasked
from services.gateway.core.database import Database
from services.gateway.core.errors import ChatError
from services.gateway.core.observability import Metrics
from services.gateway.dialogue.port import Draft
from services.gateway.handover import overview, showing
from services.gateway.handover.codes import read_code
from services.gateway.handover.news import Newsroom
from services.gateway.handover.settings import Times
from services.gateway.handover.suggesting import Suggesting
from services.gateway.handover.words import Words

#: A page that is looked at again within this time is still the same opening.
_SAME_OPENING: Final = timedelta(minutes=15)
_OPEN: Final = ("waiting", "operator")
#: In place of the name of an account that is gone.
_NOBODY: Final = "–"


@dataclass(frozen=True)
class Parts:
    """What the desk stands on."""

    database: Database
    conversations: Conversations
    #: Shows the resident of a conversation, on a channel, that an operator writes.
    typing: Callable[[str, str], Awaitable[None]]
    newsroom: Newsroom
    suggesting: Suggesting
    words: Words
    metrics: Metrics
    clock: Clock
    times: Times
    #: The name of an account, or None.
    name_of: Callable[[Connection, str], str | None]


class AtDesk:
    """Conversations between residents and operators. Each method on a conversation may raise GoneError."""

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

    async def take(self, conversation_id: str, operator_id: str) -> bool:
        """Take a conversation that waits; False where somebody else was first."""
        row, name = await self._found(conversation_id), await self._name(operator_id)

        def claim(connection: Connection, _seq: int) -> bool:
            now = self._clock.now()
            if not handovers.take(connection, conversation_id, operator_id, name):
                return False
            if row.phone is None:
                presences.add_wait(connection, now, (now - row.since).total_seconds())
            handovers.add_access(connection, conversation_id, now, (operator_id, name), "took")
            return True

        joined = self._words.plain("hand_joined", row.language, name=name)
        if not await self._tell(conversation_id, joined, claim):
            return False
        if row.phone is None:
            self._parts.metrics.waited.observe((self._clock.now() - row.since).total_seconds())
        self._news.queue(None)
        self._news.chats(conversation_id, operator_id)
        return True

    async def card(self, conversation_id: str, operator_id: str) -> Card:
        """Return what is known; that it was looked at is noted once an opening."""
        await self._found(conversation_id)
        name, now = await self._name(operator_id), self._clock.now()

        def look(connection: Connection) -> Card:
            if not handovers.looked_since(connection, conversation_id, operator_id, now - _SAME_OPENING):
                handovers.add_access(connection, conversation_id, now, (operator_id, name), "looked")
            return showing.card(connection, _there(connection, conversation_id))

        self._news.looks(operator_id, conversation_id)
        return await self._database.write(look)

    async def transcript(self, conversation_id: str, operator_id: str, after: int = 0) -> Sequence[Line]:
        """Return what was said after a message's number."""
        await self._found(conversation_id)
        return await self._database.read(lambda connection: showing.lines(connection, conversation_id, after))

    async def say(
        self, conversation_id: str, operator_id: str, client_id: str, text: str, language: Language | None
    ) -> None:
        """Say something to the resident; once for the same ``client_id``. Raises NotYoursError."""
        name = await self._name(operator_id)

        def claim(connection: Connection, seq: int) -> bool:
            _owned(connection, conversation_id, operator_id)
            if handovers.said(connection, conversation_id, client_id):
                return False
            handovers.keep_words(connection, conversation_id, client_id, seq, name)
            return True

        if await self._tell(conversation_id, (Draft(text, language),), claim, "operator"):
            await self._news.wrote(conversation_id, "operator")

    async def suggest(self, conversation_id: str) -> Sequence[Suggestion]:
        """Return what the assistant would answer now."""
        await self._found(conversation_id)
        return await self._parts.suggesting.suggest(conversation_id)

    async def note(self, conversation_id: str, operator_id: str, text: str) -> None:
        """Note something for colleagues."""
        await self._found(conversation_id)
        name, now = await self._name(operator_id), self._clock.now()
        await self._changed(
            conversation_id, lambda connection: handovers.note(connection, conversation_id, now, name, text)
        )

    async def notes(self, conversation_id: str) -> Sequence[Note]:
        """Return what was noted."""
        found = await self._database.read(lambda connection: handovers.notes(connection, conversation_id))
        return [Note(each.at, each.name, each.text) for each in found]

    async def transfer(
        self,
        conversation_id: str,
        operator_id: str,
        *,
        to_operator: str | None = None,
        to_team: str | None = None,
    ) -> None:
        """Hand a conversation to a colleague, or back into a team's queue. Raises NotYoursError."""
        row, name = await self._found(conversation_id), await self._name(operator_id)
        other = await self._name(to_operator) if to_operator else ""

        def claim(connection: Connection, _seq: int) -> bool:
            _owned(connection, conversation_id, operator_id)
            if to_operator:
                handovers.give(connection, conversation_id, to_operator, other)
            else:
                handovers.put_back(connection, conversation_id, team=to_team)
            who = (operator_id, name)
            handovers.add_access(connection, conversation_id, self._clock.now(), who, "transferred")
            return True

        said = ("hand_passed", {"name": other}) if to_operator else ("hand_passed_on", {})
        await self._tell(conversation_id, self._words.plain(said[0], row.language, **said[1]), claim)
        self._news.chats(conversation_id, operator_id, to_operator)
        if not to_operator:
            self._news.queue(conversation_id)

    async def give_back(self, conversation_id: str, operator_id: str, settled: str) -> None:
        """Give a conversation back to the assistant, with what was settled. Raises NotYoursError."""
        row, name = await self._found(conversation_id), await self._name(operator_id)

        def claim(connection: Connection, _seq: int) -> bool:
            now = self._clock.now()
            _owned(connection, conversation_id, operator_id)
            handovers.note(connection, conversation_id, now, name, settled)
            handovers.add_access(connection, conversation_id, now, (operator_id, name), "gave_back")
            handovers.end(connection, conversation_id, "assistant")
            return True

        await self._tell(conversation_id, self._words.returned(row.language, name, settled), claim)
        self._news.chats(conversation_id, operator_id)

    async def close(self, conversation_id: str, operator_id: str) -> None:
        """End a conversation. Raises NotYoursError."""
        row, name = await self._found(conversation_id), await self._name(operator_id)

        def claim(connection: Connection, _seq: int) -> bool:
            _owned(connection, conversation_id, operator_id)
            handovers.add_access(connection, conversation_id, self._clock.now(), (operator_id, name), "closed")
            handovers.end(connection, conversation_id, "closed")
            return True

        await self._tell(conversation_id, self._words.plain("hand_closed", row.language), claim)
        self._news.chats(conversation_id, operator_id)

    async def reassign(self, conversation_id: str, supervisor_id: str, to_operator: str) -> None:
        """Give a conversation to somebody else, whoever has it."""
        row = await self._found(conversation_id)
        name, other = await self._name(supervisor_id), await self._name(to_operator)

        def claim(connection: Connection, _seq: int) -> bool:
            there = _there(connection, conversation_id)
            if there.state not in _OPEN:
                raise GoneError
            if there.owner_id == to_operator:
                return False
            handovers.give(connection, conversation_id, to_operator, other)
            who = (supervisor_id, name)
            handovers.add_access(connection, conversation_id, self._clock.now(), who, "reassigned")
            return True

        text_id = "hand_joined" if row.owner_id is None else "hand_passed"
        if await self._tell(conversation_id, self._words.plain(text_id, row.language, name=other), claim):
            self._news.queue(None)
            self._news.chats(conversation_id, row.owner_id, to_operator)

    async def typing(self, conversation_id: str, operator_id: str) -> None:
        """Tell the resident that an answer is being written."""
        row = await self._found(conversation_id)
        if row.owner_id == operator_id:
            await self._parts.typing(conversation_id, row.channel)

    async def present(
        self,
        operator_id: str,
        name: str,
        teams: Sequence[str],
        languages: Sequence[Language],
        status: Status,
    ) -> None:
        """Say that somebody is at the desk; without it for a grace time, their conversations wait again."""
        values: dict[str, Any] = {"name": name, "teams": list(teams), "languages": list(languages), "status": status}
        values["seen_at"] = self._clock.now()
        if await self._database.write(partial(presences.keep, operator_id=operator_id, values=values)):
            self._news.people()

    async def overview(self) -> Overview:
        """Return everything at a glance."""
        seen = self._clock.now() - self._parts.times.grace
        return await self._database.read(partial(overview.overview, seen=seen))

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

    async def _found(self, conversation_id: str) -> Row[Any]:
        """Return a hand-over that operators may see: it is open, or its resident has just read out its code."""
        row = await self._database.read(lambda connection: _there(connection, conversation_id))
        is_named = row.code_until is not None and row.code_until > self._clock.now()
        if row.state not in _OPEN and not is_named:
            raise GoneError
        return row

    async def _name(self, operator_id: str) -> str:
        return await self._database.read(lambda connection: self._parts.name_of(connection, operator_id)) or _NOBODY

    async def _changed(self, conversation_id: str, work: Callable[[Connection], None]) -> None:
        """Do something to a conversation, after who does something to it now."""

        def change(connection: Connection) -> None:
            if repository.change(connection, conversation_id) is None:
                raise GoneError
            work(connection)

        await self._database.write(change)

    async def _tell(
        self,
        conversation_id: str,
        drafts: Sequence[Draft],
        claim: Callable[[Connection, int], bool],
        author: Any = "system",
    ) -> bool:
        try:
            return await self._parts.conversations.tell(conversation_id, author, drafts, Unasked(claim=claim))
        except ChatError as error:
            raise GoneError from error


def _there(connection: Connection, conversation_id: str) -> Row[Any]:
    row = handovers.find(connection, conversation_id)
    if row is None:
        raise GoneError
    return row


def _owned(connection: Connection, conversation_id: str, operator_id: str) -> None:
    if _there(connection, conversation_id).owner_id != operator_id:
        raise NotYoursError
