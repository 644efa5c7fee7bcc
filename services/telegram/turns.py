"""What an update is, apart from its kind: where it came from, and whether it was tried before."""

from __future__ import annotations

from dataclasses import dataclass, field

from telegram import Update

from kit.languages import Language, as_language
from services.telegram.chats import Chats
from services.telegram.inbox import Waiting


@dataclass(frozen=True)
class Turn:
    """An update that is being answered."""

    update_id: int
    #: The chat's id, and what stands for it.
    address: int = field(repr=False)
    chat: str
    #: The language that Telegram says its sender has set: no more than a guess.
    prior: Language | None
    #: The conversation in which it was tried before.
    begun: str | None

    @property
    def client_id(self) -> str:
        """The name of the turn in the conversation: the same for each try."""
        return f"tg-{self.update_id}"


def turn_of(update: Update, waiting: Waiting | None, chats: Chats) -> Turn:
    """Return the turn that an update is; it has a chat."""
    address = update.effective_chat.id if update.effective_chat else 0
    prior = as_language(update.effective_user.language_code) if update.effective_user else None
    return Turn(update.update_id, address, chats.hashed(address), prior, waiting.conversation_id if waiting else None)
