"""Where the bot is: blocked and unblocked by a resident, put into groups and channels, which it leaves."""

from __future__ import annotations

import contextlib
from typing import Any, Final

from telegram import Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden

from services.telegram.chats import Chats
from services.telegram.conversing import Conversing
from services.telegram.handling.base import Current, Handling
from services.telegram.keys import Keys
from services.telegram.sending import Bot, Sender, UnreachableError
from services.telegram.texts import Texts
from services.telegram.turns import Turn

_IN_IT: Final = frozenset({ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.RESTRICTED})


class Places(Handling):
    """Chats that are no conversations with one resident, and those that are none any more."""

    def __init__(
        self,
        current: Current,
        *,
        bot: Bot,
        conversing: Conversing,
        sender: Sender,
        chats: Chats,
        keys: Keys,
        texts: Texts,
    ) -> None:
        super().__init__(chats, current)
        self._bot = bot
        self._conversing = conversing
        self._sender = sender
        self._keys = keys
        self._texts = texts

    async def membership(self, update: Update, _context: Any) -> None:
        """Take note of a block, and leave what the bot was put into."""
        change = update.my_chat_member
        if change is None:
            return
        turn, status = self.turn(update), change.new_chat_member.status
        if change.chat.type == ChatType.PRIVATE:
            if status == ChatMemberStatus.BANNED:
                await self._conversing.gone(turn.chat)
        elif status in _IN_IT:
            await self._leave(turn, speaks=change.chat.type != ChatType.CHANNEL)

    async def group(self, update: Update, _context: Any) -> None:
        """Decline in a group, once, and leave it."""
        message = update.message
        if message is None or message.left_chat_member or message.migrate_to_chat_id or message.migrate_from_chat_id:
            return
        await self._leave(self.turn(update), speaks=True)

    async def _leave(self, turn: Turn, *, speaks: bool) -> None:
        with contextlib.suppress(UnreachableError, BadRequest, Forbidden):
            if speaks:
                key = f"g:{self._keys.hashed('group', turn.address)}"
                await self._sender.tell(turn.address, key, self._texts.both("group_declined", turn.prior))
            await self._bot.leave_chat(turn.address)
