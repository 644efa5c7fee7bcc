"""What comes unasked: a reminder, news of something that is followed, the words of a member of staff."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Final

from telegram.constants import ChatAction
from telegram.error import NetworkError, RetryAfter, TelegramError

from services.telegram.chats import Chats
from services.telegram.conversing import Conversing
from services.telegram.counting import Counting
from services.telegram.limits import seconds
from services.telegram.port import Delivered, Gone, Message, Outcome, RetryLater
from services.telegram.sending import Bot, Sender, UnreachableError

#: What is later than this is not shown any more.
_TYPING_S: Final = 3


class TelegramOutlet:
    """Delivers messages of conversations to their chats, each once."""

    def __init__(self, *, bot: Bot, sender: Sender, chats: Chats, conversing: Conversing, counting: Counting) -> None:
        self._bot = bot
        self._sender = sender
        self._chats = chats
        self._conversing = conversing
        self._counting = counting

    async def deliver(self, conversation_id: str, message: Message) -> Outcome:
        """Deliver a message; told again, it goes on where it stopped."""
        address = await self._chats.address(conversation_id)
        if address is None:
            self._counting.unasked("gone")
            return Gone()
        try:
            await self._sender.say(address, conversation_id, [message])
        except UnreachableError:
            await self._conversing.gone(self._chats.hashed(address))
            self._counting.unasked("gone")
            return Gone()
        except RetryAfter as refused:
            self._counting.unasked("later")
            return RetryLater(seconds(refused))
        except NetworkError:
            self._counting.unasked("later")
            return RetryLater()
        self._counting.unasked("delivered")
        return Delivered()

    async def typing(self, conversation_id: str) -> None:
        """Show for some seconds that somebody writes, where the chat can be reached at once."""
        address = await self._chats.address(conversation_id)
        if address is None:
            return
        with contextlib.suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(_TYPING_S):
                await self._bot.send_chat_action(address, ChatAction.TYPING)
