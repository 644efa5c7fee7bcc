"""What a resident writes: words, commands, and words that they change afterwards."""

from __future__ import annotations

import json
from typing import Any

from telegram import Message, Update

from kit import wire
from kit.languages import as_language
from services.telegram.chats import Chats
from services.telegram.conversing import Conversing
from services.telegram.handling.base import Current, Handling
from services.telegram.keys import Keys
from services.telegram.port import Said
from services.telegram.texts import Command, Texts, spoken
from services.telegram.turns import Turn

_START = "start"


class Words(Handling):
    """Says words in the conversation."""

    def __init__(self, current: Current, conversing: Conversing, chats: Chats, keys: Keys, texts: Texts) -> None:
        super().__init__(chats, current)
        self._conversing = conversing
        self._keys = keys
        self._commands = {command.name: command for command in texts.commands}

    async def message(self, update: Update, _context: Any) -> None:
        """Answer words; those that begin with a command ask what it asks."""
        message = update.message
        if message is None or message.text is None:
            return
        turn = self.turn(update)
        await self._answer(turn, message.text)
        await self._note(turn, message)

    async def edited(self, update: Update, _context: Any) -> None:
        """Answer words that were changed, where they are the last that were said and other words now."""
        message = update.edited_message
        if message is None or message.text is None:
            return
        turn = self.turn(update)
        chat = await self._chats.find(turn.chat)
        same_words = chat is not None and chat.last_words == self._hashed(message.text)
        if chat is None or same_words or chat.last_said != self._number(turn, message):
            return
        await self._answer(turn, message.text)
        await self._note(turn, message)

    async def other(self, turn: Turn, message: Message) -> None:
        """Note that something else than words was said last."""
        await self._chats.note(turn.chat, last_said=self._number(turn, message), last_words=None)

    async def _answer(self, turn: Turn, text: str) -> None:
        name, _, rest = text.partition(" ")
        command = self._commands.get(name[1:].partition("@")[0].lower()) if name.startswith("/") else None
        if command is None:
            await self._conversing.say(turn, Said(text=text))
        elif command.name == _START and await self._conversing.greet(turn):
            linked = self._commands.get(rest.strip().lower())  # t.me/<bot>?start=waste
            if linked and linked.name != _START:
                await self._conversing.say(turn, await self._said(turn, linked, ""), part="-start")
        else:
            await self._conversing.say(turn, await self._said(turn, command, rest.strip()))

    async def _said(self, turn: Turn, command: Command, rest: str) -> Said:
        """Return what a command says: its words, and the question that they stand for."""
        language = await self._conversing.language(turn)
        words = command.words[spoken(language)[0]]
        if command.intent is None:
            return Said(text=words)
        facts = {wire.LANGUAGE_ENTITY: language} if language else {}
        wanted = as_language(rest)
        if command.name == "language" and wanted:
            facts = {"language": wanted}
        elif rest and command.name != _START:  # "/waste rue Blaes 20" is a question of its own
            return Said(text=f"{words} {rest}")
        return Said(text=words, meaning=f"/{command.intent}{json.dumps(facts) if facts else ''}")

    async def _note(self, turn: Turn, message: Message) -> None:
        words = self._hashed(message.text or "")
        await self._chats.note(turn.chat, last_said=self._number(turn, message), last_words=words)

    def _number(self, turn: Turn, message: Message) -> str:
        return self._keys.hashed("message", turn.chat, message.message_id)

    def _hashed(self, text: str) -> str:
        return self._keys.hashed("words", text)
