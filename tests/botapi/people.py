"""Residents on Telegram: each makes the updates of what they do, in the shapes of the Bot API's documentation."""

from __future__ import annotations

import itertools
import time
from typing import Any

from tests.botapi.server import BOT

_UPDATES = itertools.count(500_000)


class Person:
    """Somebody with a private chat: makes updates of what they do."""

    def __init__(self, chat_id: int = 777, language: str | None = "fr", name: str = "Marie") -> None:
        self.chat = {"id": chat_id, "type": "private", "first_name": name}
        self.user = {"id": chat_id, "is_bot": False, "first_name": name, "username": f"{name.lower()}_bxl"}
        if language:
            self.user["language_code"] = language
        self.chat_id = chat_id
        self._messages = itertools.count(1)

    def message(self, **content: Any) -> dict[str, Any]:
        """Return a message of any kind."""
        number = content.pop("message_id", None) or next(self._messages)
        message = {"message_id": number, "from": self.user, "chat": self.chat, "date": int(time.time()), **content}
        return update(message=message)

    def says(self, text: str, **content: Any) -> dict[str, Any]:
        """Return a text; a command is marked as one, as Telegram does."""
        entities = []
        if text.startswith("/"):
            entities = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        return self.message(text=text, **({"entities": entities} if entities else {}), **content)

    def edits(self, said: dict[str, Any], **content: Any) -> dict[str, Any]:
        """Return the edit of a message."""
        return update(edited_message={**said["message"], "edit_date": int(time.time()), **content})

    def presses(self, data: str, sent: int, keyboard: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the press on a button under a message of the bot."""
        message = {"message_id": sent, "from": BOT, "chat": self.chat, "date": int(time.time()), "text": "…"}
        if keyboard:
            message["reply_markup"] = keyboard
        query = {
            "id": str(time.monotonic_ns()),
            "from": self.user,
            "chat_instance": "1",
            "message": message,
            "data": data,
        }
        return update(callback_query=query)

    def blocks(self, status: str = "kicked") -> dict[str, Any]:
        """Return that the bot was blocked ("kicked") or let in again ("member")."""
        old = {"user": BOT, "status": "member" if status == "kicked" else "kicked", "until_date": 0}
        new = {"user": BOT, "status": status, "until_date": 0}
        change = {"chat": self.chat, "from": self.user, "date": int(time.time())}
        return update(my_chat_member={**change, "old_chat_member": old, "new_chat_member": new})


def update(**content: Any) -> dict[str, Any]:
    """Return an update with the next number."""
    return {"update_id": next(_UPDATES), **content}
