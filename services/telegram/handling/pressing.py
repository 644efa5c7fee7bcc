"""Buttons under messages: a choice is taken once and shown as taken; departures are looked at again in their place."""

from __future__ import annotations

import contextlib
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest

from services.telegram.chats import Chats
from services.telegram.conversing import Conversing
from services.telegram.done import Done
from services.telegram.drawing.keyboards import CHOICE, REFRESH, marked
from services.telegram.handling.base import Current, Handling
from services.telegram.keys import Keys
from services.telegram.port import Conversations, Said
from services.telegram.sending import Sender
from services.telegram.texts import Texts
from services.telegram.turns import Turn


class Pressing(Handling):
    """Presses on buttons."""

    def __init__(
        self,
        current: Current,
        *,
        conversations: Conversations,
        conversing: Conversing,
        sender: Sender,
        done: Done,
        chats: Chats,
        keys: Keys,
        texts: Texts,
    ) -> None:
        super().__init__(chats, current)
        self._conversations = conversations
        self._conversing = conversing
        self._sender = sender
        self._done = done
        self._keys = keys
        self._texts = texts

    async def pressed(self, update: Update, _context: Any) -> None:
        """Answer a press; the telephone is told at once that it came, whatever it does."""
        query = update.callback_query
        if query is None:
            return
        with contextlib.suppress(BadRequest):  # pressed long ago, while nobody answered
            await query.answer()
        data, message = query.data or "", query.message
        if message is None or message.chat.type != message.chat.PRIVATE:
            return
        turn = self.turn(update)
        if data.startswith(CHOICE):
            await self._choose(turn, query, message.message_id)
        elif data.startswith(REFRESH):
            await self._refresh(turn, data.removeprefix(REFRESH), message.message_id)

    async def _choose(self, turn: Turn, query: CallbackQuery, sent: int) -> None:
        pressed = query.data or ""
        if not await self._done.claim(self._key(turn, sent), str(turn.update_id)):
            return  # a second press, on its way before the keyboard had changed
        shown = query.message.reply_markup if isinstance(query.message, Message) else None
        left = marked(shown, pressed, await self._conversing.language(turn), self._texts)
        await self._sender.mark(turn.address, sent, left)
        await self._conversing.say(turn, Said(choice=pressed.removeprefix(CHOICE)))
        await self._chats.note(turn.chat, last_said=None, last_words=None)

    async def _refresh(self, turn: Turn, message_id: str, sent: int) -> None:
        async def again(conversation_id: str) -> Any:
            return await self._conversations.again(conversation_id, turn.client_id, message_id)

        reply = await self._conversing.ask(turn, again)
        if reply is None or not reply.messages:
            return
        board, *others = sorted(reply.messages, key=lambda each: not any(c.get("again") for c in each.cards))
        await self._sender.replace(turn.address, sent, board)
        await self._done.forget(self._key(turn, sent))  # its choices are new ones
        await self._sender.say(turn.address, "", others)

    def _key(self, turn: Turn, sent: int) -> str:
        return f"k:{self._keys.hashed('keyboard', turn.chat, sent)}"
