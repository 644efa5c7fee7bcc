"""Places and photos, and every kind of message that nothing can be done with, which is said in a sentence."""

from __future__ import annotations

from typing import Any, Final

from telegram import Message, Update

from services.telegram.chats import Chats
from services.telegram.conversing import Conversing
from services.telegram.done import Done
from services.telegram.handling.base import Current, Handling
from services.telegram.handling.words import Words
from services.telegram.port import Conversations, Reply, Said
from services.telegram.sending import Bot
from services.telegram.turns import Turn

#: Telegram gives no larger file to a bot.
_MOST_BYTES: Final = 20 * 1024 * 1024
#: Kinds of messages, by the text that answers them; the first that a message has counts.
_UNSUPPORTED: Final = (
    ("unsupported_voice", ("voice", "audio")),
    ("unsupported_video", ("video", "video_note", "animation")),
    ("unsupported_contact", ("contact",)),
    ("unsupported_sticker", ("sticker", "dice")),
    ("unsupported_document", ("document",)),
)


class Media(Handling):
    """Messages that are more, or less, than words."""

    def __init__(
        self,
        current: Current,
        *,
        bot: Bot,
        conversations: Conversations,
        conversing: Conversing,
        words: Words,
        done: Done,
        chats: Chats,
    ) -> None:
        super().__init__(chats, current)
        self._bot = bot
        self._conversations = conversations
        self._conversing = conversing
        self._words = words
        self._done = done

    async def place(self, update: Update, _context: Any) -> None:
        """Answer a point on the map, or a venue, which is one with a name."""
        message = update.message
        location = message and (message.location or (message.venue and message.venue.location))
        if not message or not location:
            return
        turn = self.turn(update)
        await self._conversing.say(turn, Said(place=(location.latitude, location.longitude)))
        await self._words.other(turn, message)

    async def photo(self, update: Update, _context: Any) -> None:
        """Answer a photo; the words under it are said first, because they tell what it is about."""
        message = update.message
        if message is None:
            return
        turn = self.turn(update)
        if message.caption:
            await self._conversing.say(turn, Said(text=message.caption), part="-caption")
        await self._say_photo(turn, message)
        await self._words.other(turn, message)

    async def unsupported(self, update: Update, _context: Any) -> None:
        """Say that nothing can be done with it."""
        message = update.message
        if message is None:
            return
        turn = self.turn(update)
        has = (text_id for text_id, kinds in _UNSUPPORTED if any(getattr(message, kind) for kind in kinds))
        await self._conversing.tell(turn, next(has, "unsupported_other"))
        await self._words.other(turn, message)

    async def _say_photo(self, turn: Turn, message: Message) -> None:
        image = message.photo[-1] if message.photo else message.document
        if image is None:
            return
        if (image.file_size or 0) > _MOST_BYTES:
            await self._conversing.tell(turn, "photo_too_large")
            return

        async def say(conversation_id: str) -> Reply:
            kept = await self._kept(turn, conversation_id, image.file_id)
            return await self._conversations.say(conversation_id, f"{turn.client_id}-photo", Said(photo=kept))

        await self._conversing.answer(turn, say, part="-photo")

    async def _kept(self, turn: Turn, conversation_id: str, file_id: str) -> str:
        """Return the photo's id; tried again, the update says the photo that it kept before."""
        key = f"p:{conversation_id}:{turn.update_id}"
        before = (await self._done.among([key])).get(key)
        if before:
            return before
        file = await self._bot.get_file(file_id)
        kept = await self._conversations.add_photo(conversation_id, bytes(await file.download_as_bytearray()))
        await self._done.add(key, kept)
        return kept
