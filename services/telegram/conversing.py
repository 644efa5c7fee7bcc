"""A turn of a conversation: the chat's conversation is found or opened, something is said in it, the reply is sent."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final

from telegram.constants import ChatAction
from telegram.error import TelegramError

from kit.languages import Language
from services.telegram.chats import Chat, Chats
from services.telegram.inbox import Inbox
from services.telegram.port import Conversations, Refused, Reply, Said
from services.telegram.sending import Bot, Sender
from services.telegram.texts import Texts
from services.telegram.turns import Turn

#: Telegram shows "typing" for five seconds.
_TYPING_S: Final = 4.5
#: What a conversation says that is over; the chat gets a new one.
_OVER: Final = frozenset({"conversation_not_found", "conversation_closed", "unauthorized"})

Ask = Callable[[str], Awaitable[Reply]]


class Conversing:
    """Says things in the conversations of chats."""

    def __init__(
        self,
        *,
        bot: Bot,
        conversations: Conversations,
        chats: Chats,
        inbox: Inbox,
        sender: Sender,
        texts: Texts,
    ) -> None:
        self._bot = bot
        self._conversations = conversations
        self._chats = chats
        self._inbox = inbox
        self._sender = sender
        self._texts = texts

    async def greet(self, turn: Turn) -> bool:
        """Open the chat's conversation with its greeting; False where it has one already."""
        if turn.begun or await self._chats.find(turn.chat):
            return False
        opened = await self._conversations.open(turn.prior)
        await self._chats.bind(turn.address, opened.id, opened.language or turn.prior)
        await self._sender.say(turn.address, opened.id, opened.messages)
        return True

    async def say(self, turn: Turn, said: Said, *, part: str = "") -> Reply | None:
        """Say something and send the reply; return it. ``part`` tells several things of one update apart."""
        return await self.answer(turn, lambda at: self._conversations.say(at, f"{turn.client_id}{part}", said), part)

    async def answer(self, turn: Turn, ask: Ask, part: str = "") -> Reply | None:
        """Ask the chat's conversation something and send the reply; return it."""
        reply = await self.ask(turn, ask, part)
        if reply:
            chat = await self._chats.find(turn.chat)
            await self._sender.say(turn.address, chat.conversation_id if chat else "", reply.messages)
        return reply

    async def ask(self, turn: Turn, ask: Ask, part: str = "") -> Reply | None:
        """Ask the chat's conversation something, while the chat shows that one is typing; None where it is refused,
        which is said."""
        chat = await self._chats.find(turn.chat)
        if turn.begun and chat is None:
            # This very update erased the conversation, and its receipt is lost.
            await self.tell(turn, "erased_before")
            return None
        async with self._typing(turn.address):
            try:
                reply = await self._asked(turn, chat or await self._opened(turn), ask)
            except Refused as refused:
                await self._sender.tell(turn.address, f"u:{turn.update_id}{part}", refused.text)
                return None
        if reply.language:
            await self._chats.note(turn.chat, language=reply.language)
        return reply

    async def tell(self, turn: Turn, text_id: str) -> None:
        """Say a text of the channel's own, in the chat's language."""
        text = self._texts.both(text_id, await self.language(turn))
        await self._sender.tell(turn.address, f"u:{turn.update_id}:{text_id}", text)

    async def language(self, turn: Turn) -> Language | None:
        """Return the chat's language; what Telegram says of the sender, before one is known."""
        chat = await self._chats.find(turn.chat)
        return chat.language if chat and chat.language else turn.prior

    async def gone(self, chat: str) -> None:
        """Forget the address of a chat that cannot be reached, and end what would be said in it unasked."""
        conversation_id = await self._chats.forget(chat)
        if conversation_id:
            await self._conversations.unreachable(conversation_id)

    async def _asked(self, turn: Turn, chat: Chat, ask: Ask) -> Reply:
        await self._inbox.begun(turn.update_id, chat.conversation_id)
        try:
            return await ask(chat.conversation_id)
        except Refused as refused:
            if refused.code not in _OVER:
                raise
        chat = await self._opened(turn)
        await self._inbox.begun(turn.update_id, chat.conversation_id)
        return await ask(chat.conversation_id)

    async def _opened(self, turn: Turn) -> Chat:
        """Open a conversation without a word: the resident has said something already."""
        opened = await self._conversations.open(turn.prior)
        return await self._chats.bind(turn.address, opened.id, opened.language or turn.prior)

    @contextlib.asynccontextmanager
    async def _typing(self, address: int) -> AsyncIterator[None]:
        showing = asyncio.create_task(self._show(address))
        try:
            yield
        finally:
            showing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await showing

    async def _show(self, address: int) -> None:
        with contextlib.suppress(TelegramError):  # the answer will tell
            while True:
                await self._bot.send_chat_action(address, ChatAction.TYPING)
                await asyncio.sleep(_TYPING_S)
