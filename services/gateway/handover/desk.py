"""The operators' side: the desk's port, on the conversations' database."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection

from kit.languages import Language
from services.desk.handover import GoneError, Status
from services.gateway.conversations import handovers, presences
from services.gateway.dialogue.port import Draft
from services.gateway.handover.acting import owned
from services.gateway.handover.approving import Approving
from services.gateway.handover.looking import OPEN, there


class AtDesk(Approving):
    """Conversations between residents and operators. Each method on a conversation may raise GoneError."""

    async def take(self, conversation_id: str, operator_id: str) -> bool:
        """Take a conversation that waits; False where somebody else was first."""
        row, name = await self._found(conversation_id), await self._name(operator_id)

        def claim(connection: Connection, _seq: int) -> bool:
            now = self._clock.now()
            if not handovers.take(connection, conversation_id, operator_id, name, approves=self._begins(row)):
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

    async def say(
        self, conversation_id: str, operator_id: str, client_id: str, text: str, language: Language | None
    ) -> None:
        """Say something to the resident; once for the same ``client_id``. Raises NotYoursError."""
        name = await self._name(operator_id)

        def claim(connection: Connection, seq: int) -> bool:
            owned(connection, conversation_id, operator_id)
            if handovers.said(connection, conversation_id, client_id):
                return False
            handovers.keep_words(connection, conversation_id, client_id, seq, name)
            return True

        if await self._tell(conversation_id, (Draft(text, language),), claim, "operator"):
            await self._news.wrote(conversation_id, "operator")

    async def note(self, conversation_id: str, operator_id: str, text: str) -> None:
        """Note something for colleagues."""
        await self._found(conversation_id)
        name, now = await self._name(operator_id), self._clock.now()
        await self._changed(
            conversation_id, lambda connection: handovers.note(connection, conversation_id, now, name, text)
        )

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
            owned(connection, conversation_id, operator_id)
            if to_operator:
                handovers.give(connection, conversation_id, to_operator, other, approves=self._begins(row))
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
            owned(connection, conversation_id, operator_id)
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
            owned(connection, conversation_id, operator_id)
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
            now = there(connection, conversation_id)
            if now.state not in OPEN:
                raise GoneError
            if now.owner_id == to_operator:
                return False
            handovers.give(connection, conversation_id, to_operator, other, approves=self._begins(row))
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
