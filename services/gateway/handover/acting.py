"""How an operator changes a conversation: after who changes it now, and in the transaction that tells the resident."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection

from services.desk.handover import GoneError, NotYoursError
from services.gateway.conversations import repository
from services.gateway.conversations.service import Unasked
from services.gateway.core.errors import ChatError
from services.gateway.dialogue.port import Draft
from services.gateway.handover.looking import Looking, there


class Acting(Looking):
    """What every act of an operator stands on."""

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


def owned(connection: Connection, conversation_id: str, operator_id: str) -> None:
    """Make sure that somebody has a conversation. Raises NotYoursError."""
    if there(connection, conversation_id).owner_id != operator_id:
        raise NotYoursError
