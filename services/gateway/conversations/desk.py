"""What the chat needs of the desk in a turn."""

from __future__ import annotations

from typing import Any, Protocol

from sqlalchemy import Row

from services.gateway.conversations.schemas import Location, State
from services.gateway.dialogue.port import Answer, Said


class AtDesk(Protocol):
    """Where residents are handed over to a person."""

    async def answer(self, conversation: Row[Any], said: Said | Location) -> Answer | None:
        """Return the answer to what is the desk's own; None where the assistant is to answer."""
        ...

    async def completed(self, conversation: Row[Any], answer: Answer) -> Answer:
        """Return an answer with what its wish for a person leads to."""
        ...

    async def happened(self, conversation: Row[Any], state: State) -> None:
        """Hear that a turn is stored, with the conversation as it was before and the state after."""
        ...
