"""Takes updates in, from the webhook or by polling. None is acknowledged before it is stored."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response
from telegram import Update
from telegram.constants import ChatType, UpdateType
from telegram.error import InvalidToken, TelegramError

from kit.clock import Clock
from services.telegram.chats import Chats
from services.telegram.counting import Counting
from services.telegram.done import Done
from services.telegram.inbox import Inbox
from services.telegram.sending import Bot, Sender
from services.telegram.settings import TelegramSettings
from services.telegram.texts import Texts
from services.telegram.turns import turn_of
from services.telegram.working import Working

log = logging.getLogger(__name__)

#: The kinds of updates that Telegram is asked for.
KINDS: Final = (UpdateType.MESSAGE, UpdateType.EDITED_MESSAGE, UpdateType.CALLBACK_QUERY, UpdateType.MY_CHAT_MEMBER)
HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"

_PAUSE_S: Final = 5.0


class Receiving:
    """The way in."""

    def __init__(
        self,
        *,
        bot: Bot,
        inbox: Inbox,
        chats: Chats,
        working: Working,
        sender: Sender,
        done: Done,
        texts: Texts,
        clock: Clock,
        settings: TelegramSettings,
        counting: Counting,
    ) -> None:
        self._bot = bot
        self._inbox = inbox
        self._chats = chats
        self._working = working
        self._sender = sender
        self._done = done
        self._texts = texts
        self._clock = clock
        self._settings = settings
        self._counting = counting
        self._telling: set[asyncio.Task[None]] = set()

    async def webhook(self, request: Request) -> Response:
        """Store what Telegram posts; 403 without its secret. An answer other than 200 makes it come again."""
        given = request.headers.get(HEADER, "").encode()
        if not hmac.compare_digest(given, self._settings.webhook_secret.get_secret_value().encode()):
            return Response(status_code=403)
        try:
            content = json.loads(await request.body())
        except ValueError:
            return Response(status_code=400)
        if not isinstance(content, dict) or type(content.get("update_id")) is not int:
            return Response(status_code=400)
        await self.take(content)
        return Response(status_code=200)

    async def poll(self) -> None:
        """Fetch updates until cancelled; what was not stored is fetched again."""
        after: int | None = None
        while True:
            try:
                found = await self._bot.get_updates(
                    offset=after, timeout=self._settings.poll_s, allowed_updates=list(KINDS)
                )
                for update in found:
                    await self.take(update.to_dict())
                    after = update.update_id + 1
            except InvalidToken:
                raise
            except (TelegramError, SQLAlchemyError) as error:
                log.warning("no updates: %s", type(error).__name__)
                await asyncio.sleep(min(_PAUSE_S, self._settings.retry_s))

    async def take(self, content: dict[str, Any]) -> None:
        """Store an update and have it worked off."""
        update_id = content["update_id"]
        update = _read(content, self._bot)
        if update is None or update.effective_chat is None or update.channel_post or update.edited_channel_post:
            await self._inbox.take(update_id, None, b"")
            return
        chat = self._chats.hashed(update.effective_chat.id)
        taken = await self._inbox.take(update_id, chat, json.dumps(content).encode())
        if taken == "waits":
            self._working.wake(chat)
            return
        self._counting.update("flood" if taken == "flood" else "repeated")
        if taken == "flood" and update.effective_chat.type == ChatType.PRIVATE:
            task = asyncio.create_task(self._tell_of_flood(update))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)

    async def _tell_of_flood(self, update: Update) -> None:
        turn = turn_of(update, None, self._chats)
        chat = await self._chats.find(turn.chat)
        text = self._texts.both("flood", chat.language if chat and chat.language else turn.prior)
        key = f"f:{turn.chat[:40]}:{self._clock.now():%d%H%M}"
        try:
            if await self._done.claim(key, str(turn.update_id)):  # once a minute is enough
                await self._sender.tell(turn.address, key, text)
        except Exception as error:
            log.warning("a flood could not be told of: %s", type(error).__name__)


def _read(content: dict[str, Any], bot: Bot) -> Update | None:
    """Return the update; None where it is none that the library knows how to read."""
    try:
        return Update.de_json(content, bot)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
