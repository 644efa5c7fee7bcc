"""Sends what is said, each part once: what was sent is noted, so that a message tried again goes on where it stopped.

Between Telegram taking a message and the note of it, a crash makes it come twice: better than not at all.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from telegram import InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram import Message as Sent
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden
from telegram.ext import ExtBot

from kit.clock import Clock
from services.telegram.done import Done
from services.telegram.drawing.keyboards import keyboard
from services.telegram.drawing.lines import line, messages
from services.telegram.drawing.message import lines_of
from services.telegram.port import Conversations, File, Message
from services.telegram.texts import Texts, spoken

log = logging.getLogger(__name__)

Bot = ExtBot[Any]

_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
#: What Telegram says of chats that are no more.
_CHAT_IS_GONE: Final = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user_deactivated",
    "chat_write_forbidden",
)
_NOT_MODIFIED: Final = "message is not modified"


class UnreachableError(Exception):
    """The chat is blocked, deleted or not known any more."""


@dataclass(frozen=True)
class Venue:
    """A place to show on the map."""

    lat: float
    lon: float
    title: str
    address: str


@dataclass(frozen=True)
class Part:
    """A part of what is said: words, a file, or a place on the map."""

    key: str
    html: str = ""
    keyboard: InlineKeyboardMarkup | None = None
    file: File | None = None
    venue: Venue | None = None


class Sender:
    """Sends to chats by their ids, which it keeps nowhere."""

    def __init__(self, bot: Bot, conversations: Conversations, done: Done, texts: Texts, clock: Clock) -> None:
        self._bot = bot
        self._conversations = conversations
        self._done = done
        self._texts = texts
        self._clock = clock

    async def say(self, chat: int, conversation_id: str, said: Sequence[Message]) -> None:
        """Send messages of the assistant. Raises UnreachableError, and what else the bot raises."""
        for message in said:
            await self._send(chat, self.words(message))
            await self._send(chat, _on_map(message))
            await self._send(chat, await self._files(conversation_id, message))

    async def tell(self, chat: int, key: str, text: str) -> None:
        """Send a text of the channel's own, once by its key. Raises as :meth:`say` does."""
        html = messages([line(each) for each in text.split("\n")])
        await self._send(chat, [Part(f"{key}:{number}", each) for number, each in enumerate(html)])

    async def replace(self, chat: int, sent: int, message: Message) -> None:
        """Show a message in place of one that was sent; what of it does not fit follows."""
        first, *further = self.words(message)
        if first.key not in await self._done.among([first.key]):
            try:
                async with _reaching():
                    await self._bot.edit_message_text(
                        first.html,
                        chat_id=chat,
                        message_id=sent,
                        parse_mode=ParseMode.HTML,
                        reply_markup=first.keyboard,
                        link_preview_options=_NO_PREVIEW,
                    )
            except BadRequest as refused:
                if _NOT_MODIFIED not in refused.message.lower():
                    further = [first, *further]  # it is gone, or too old to be changed: said below it
            if first not in further:
                await self._done.add(first.key, str(sent))
        await self._send(chat, further)

    async def mark(self, chat: int, sent: int, shown: InlineKeyboardMarkup | None) -> None:
        """Change the keyboard of a message that was sent."""
        with contextlib.suppress(BadRequest):  # as it is already, or too old to be changed
            async with _reaching():
                await self._bot.edit_message_reply_markup(chat_id=chat, message_id=sent, reply_markup=shown)

    def words(self, message: Message) -> list[Part]:
        """Return the parts of a message that are words; its keyboard hangs on the last."""
        html = messages(lines_of(message, self._texts, self._clock.now()))
        below = keyboard(message, self._texts)
        last = len(html) - 1
        return [
            Part(f"m:{message.id}:{number}", each, below if number == last else None)
            for number, each in enumerate(html)
        ]

    async def _files(self, conversation_id: str, message: Message) -> list[Part]:
        """Return the files of a message: a calendar, a copy of what is kept."""
        files: list[File] = []
        for card in message.cards:
            if card.get("type") == "export":
                for form in ("text", "json", "zip"):
                    if form in card.get("formats", ()):
                        files.append(await self._conversations.export(conversation_id, form))
            elif card.get("type") == "calendar" and card.get("file"):
                file = await self._conversations.calendar(str(card["file"]))
                files += [file] if file else []
        key = f"m:{message.id}:f"
        if not files and any(card.get("type") == "calendar" for card in message.cards):
            words = self._texts.say("calendar_unavailable", spoken(message.language)[0])
            return [Part(key, messages([line(words)])[0])]
        return [Part(f"{key}{number}", file=file) for number, file in enumerate(files)]

    async def _send(self, chat: int, parts: Sequence[Part]) -> None:
        if not parts:
            return
        before = await self._done.among([part.key for part in parts])
        for part in parts:
            if part.key not in before:
                sent = await self._part(chat, part)
                await self._done.add(part.key, str(sent.message_id))

    async def _part(self, chat: int, part: Part) -> Sent:
        try:
            async with _reaching():
                if part.venue:
                    at = part.venue
                    return await self._bot.send_venue(chat, at.lat, at.lon, title=at.title, address=at.address)
                if part.file:
                    return await self._bot.send_document(chat, InputFile(part.file.content, part.file.name))
                return await self._bot.send_message(
                    chat,
                    part.html,
                    parse_mode=ParseMode.HTML,
                    reply_markup=part.keyboard,
                    link_preview_options=_NO_PREVIEW,
                )
        except ChatMigrated as moved:  # a group that became a supergroup
            return await self._part(moved.new_chat_id, part)


def _on_map(message: Message) -> list[Part]:
    """Return the nearest of the places that a message lists, to be seen on the map and navigated to; none where it
    lists several and none of them is nearer than the others."""
    for card in message.cards:
        rows = card.get("rows") if card.get("type") == "places" else None
        row = next(iter(rows or []), None)
        if not isinstance(row, dict) or (len(rows or []) > 1 and row.get("distance_m") is None):
            continue
        if all(isinstance(row.get(key), int | float) for key in ("lat", "lon")):
            address = str(row.get("address") or row["name"])
            return [Part(f"m:{message.id}:v", venue=Venue(row["lat"], row["lon"], str(row["name"]), address))]
    return []


@contextlib.asynccontextmanager
async def _reaching() -> AsyncIterator[None]:
    """Make what says that a chat is gone one error."""
    try:
        yield
    except Forbidden as refused:
        raise UnreachableError from refused
    except BadRequest as refused:
        if any(
            each in refused.message.lower().replace(" ", "_") or each in refused.message.lower()
            for each in _CHAT_IS_GONE
        ):
            raise UnreachableError from refused
        raise
