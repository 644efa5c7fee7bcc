"""What carries a message that comes unasked to a resident: one outlet a channel.

The message is in the conversation already when it is delivered, so an outlet is told it again after a failure or a
crash: ``message.id`` is the same each time, and whoever can tell by it what was sent before sends it once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from services.gateway.conversations.schemas import MessageOut


@dataclass(frozen=True)
class Delivered:
    """The channel has the message."""


@dataclass(frozen=True)
class RetryLater:
    """The channel cannot take it now; ``after_s``: not before so many seconds, None where the channel names no time."""

    after_s: float | None = None


@dataclass(frozen=True)
class Gone:
    """The channel does not lead to the resident any more: nothing further is sent, and what they followed ends."""


Outcome = Delivered | RetryLater | Gone


class Outlet(Protocol):
    """A channel's way to a resident."""

    async def deliver(self, conversation_id: str, message: MessageOut) -> Outcome:
        """Deliver a message; anything that is raised counts as :class:`RetryLater`."""
        ...

    async def typing(self, conversation_id: str) -> None:
        """Show that an operator writes, as far as the channel can be reached; nothing is raised."""
        ...
