"""What every kind of update needs: the turn that it is."""

from __future__ import annotations

from telegram import Update

from services.telegram.chats import Chats
from services.telegram.inbox import Waiting
from services.telegram.turns import Turn, turn_of


class Current:
    """The updates that are being worked on, by their numbers."""

    def __init__(self) -> None:
        self.waiting: dict[int, Waiting] = {}
        self.failed: dict[int, BaseException] = {}


class Handling:
    """A kind of update; ``current`` is shared by all kinds."""

    current: Current

    def __init__(self, chats: Chats, current: Current) -> None:
        self._chats = chats
        self.current = current

    def turn(self, update: Update) -> Turn:
        """Return the turn that an update is."""
        return turn_of(update, self.current.waiting.get(update.update_id), self._chats)
