"""The web's outlet: whoever has the page open, or comes back to it, reads the conversation's event stream."""

from __future__ import annotations

from services.gateway.conversations.hub import Hub
from services.gateway.conversations.schemas import MessageOut
from services.gateway.notifications.port import Delivered, Outcome


class StreamOutlet:
    """Delivers by the event streams, where a message is as soon as it is stored."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def deliver(self, conversation_id: str, message: MessageOut) -> Outcome:
        """Wake the streams of this process; others look by themselves."""
        del message
        self._hub.wake(conversation_id)
        return Delivered()

    async def typing(self, conversation_id: str) -> None:
        """Tell the streams of every process."""
        self._hub.typing(conversation_id)
