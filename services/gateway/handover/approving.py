"""Approval mode: the assistant's answers wait for a click of the operator who has the conversation."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row

from kit.languages import as_language
from services.desk.handover import Proposal
from services.gateway.conversations import handovers, proposals
from services.gateway.dialogue.port import Draft
from services.gateway.handover.acting import Acting, owned


class Approving(Acting):
    """What the assistant proposes, and what an operator does with it. Methods may raise GoneError."""

    async def approve(self, conversation_id: str, operator_id: str, *, on: bool) -> None:
        """Let the assistant propose answers that wait for a click, or no more. Raises NotYoursError."""
        await self._found(conversation_id)
        who = (operator_id, await self._name(operator_id))

        def change(connection: Connection) -> None:
            owned(connection, conversation_id, operator_id)
            if handovers.is_approving(connection, conversation_id) != on:
                proposals.switch(connection, conversation_id, on=on)
                what = "approval_on" if on else "approval_off"
                handovers.add_access(connection, conversation_id, self._clock.now(), who, what)

        await self._changed(conversation_id, change)
        self._parts.proposing.kick(conversation_id)

    async def proposal(self, conversation_id: str) -> Proposal | None:
        """Return the answer that waits for a click, if one does."""
        row = await self._database.read(lambda connection: proposals.find(connection, conversation_id))
        if row is None or not row.waits:
            return None
        return Proposal(row.seq, row.text, as_language(row.language or ""), row.source)

    async def say_proposed(self, conversation_id: str, operator_id: str, seq: int, text: str) -> bool:
        """Say a proposal, as it was or changed; False where it does not wait any more. Raises NotYoursError."""
        row, name = await self._found(conversation_id), await self._name(operator_id)

        def claim(connection: Connection, said: int) -> bool:
            owned(connection, conversation_id, operator_id)
            proposed = proposals.find(connection, conversation_id)
            if proposed is None or not proposals.settle(connection, conversation_id, seq):
                return False
            handovers.keep_words(connection, conversation_id, f"proposed-{seq}", said, name)
            what = "approved" if text == proposed.text else "adapted"
            handovers.add_access(connection, conversation_id, self._clock.now(), (operator_id, name), what)
            return True

        found = await self.proposal(conversation_id)
        language = found.language if found else row.language
        if not await self._tell(conversation_id, (Draft(text, language),), claim, "operator"):
            return False
        await self._news.wrote(conversation_id, "operator")
        return True

    async def ignore_proposed(self, conversation_id: str, operator_id: str, seq: int) -> bool:
        """Drop a proposal; False where it does not wait any more. Raises NotYoursError."""
        await self._found(conversation_id)
        who, dropped = (operator_id, await self._name(operator_id)), False

        def change(connection: Connection) -> None:
            nonlocal dropped
            owned(connection, conversation_id, operator_id)
            dropped = proposals.settle(connection, conversation_id, seq)
            if dropped:
                handovers.add_access(connection, conversation_id, self._clock.now(), who, "ignored")

        await self._changed(conversation_id, change)
        return dropped

    def _begins(self, row: Row[Any]) -> bool:
        """Tell whether a conversation is in approval mode from the start, by its topic."""
        return row.topic in self._parts.approved_topics
