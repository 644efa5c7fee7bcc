"""What the chat needs of the desk in a turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import Row

from services.gateway.conversations.schemas import Location, State
from services.gateway.dialogue.port import Answer, Said
from services.gateway.dialogue.tasks import Effect


class AtDesk(Protocol):
    """Where residents are handed over to a person."""

    async def answer(self, conversation: Row[Any], said: Said | Location) -> Answer | None:
        """Return the answer to what is the desk's own; None where the assistant is to answer."""
        ...

    async def completed(self, conversation: Row[Any], answer: Answer) -> Answer:
        """Return an answer with what its wish for a person leads to."""
        ...

    async def happened(self, conversation: Row[Any], tasks: Sequence[Effect], state: State) -> None:
        """Hear that a turn is stored: the conversation as it was before, what the turn led to, the state after."""
        ...
