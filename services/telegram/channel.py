"""The channel as a whole: put together, started and stopped by the gateway."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from datetime import timedelta
from typing import Any, Final

from prometheus_client import CollectorRegistry
from sqlalchemy.exc import SQLAlchemyError
from telegram import Update
from telegram.error import InvalidToken, TelegramError

from kit.clock import Clock
from services.telegram.bot import application, handle, tell_commands
from services.telegram.chats import Chats
from services.telegram.conversing import Conversing
from services.telegram.counting import Counting
from services.telegram.done import Done
from services.telegram.handling.base import Current
from services.telegram.handling.media import Media
from services.telegram.handling.places import Places
from services.telegram.handling.pressing import Pressing
from services.telegram.handling.words import Words
from services.telegram.inbox import Inbox, Waiting
from services.telegram.keys import Keys
from services.telegram.outlet import TelegramOutlet
from services.telegram.port import Conversations, Storage
from services.telegram.receiving import KINDS, Receiving
from services.telegram.sending import Sender, UnreachableError
from services.telegram.settings import TelegramSettings
from services.telegram.tables import Tables
from services.telegram.texts import Texts
from services.telegram.turns import turn_of
from services.telegram.working import Working

log = logging.getLogger(__name__)

#: Where the webhook is mounted.
PATH: Final = "/telegram/webhook"

_MOST_CONNECTIONS: Final = 20
_PURGE_EVERY_S: Final = 3600.0
_MOST_PAUSE_S: Final = 60.0


class TelegramChannel:
    """Telegram, for residents of the conversations that it is given."""

    def __init__(
        self,
        settings: TelegramSettings,
        *,
        conversations: Conversations,
        storage: Storage,
        tables: Tables,
        clock: Clock,
        registry: CollectorRegistry,
    ) -> None:
        self._settings = settings
        self._texts = texts = Texts(settings.texts)
        self._current = current = Current()
        self._app = app = application(settings)
        counting, keys = Counting(registry), Keys(settings)
        self._keys = keys
        self._inbox = inbox = Inbox(storage, tables, keys, clock, settings.max_waiting)
        self._chats = chats = Chats(storage, tables, keys)
        self._done = done = Done(storage, tables, clock)
        sender = Sender(app.bot, conversations, done, texts, clock)
        self._conversing = conversing = Conversing(
            bot=app.bot, conversations=conversations, chats=chats, inbox=inbox, sender=sender, texts=texts
        )
        words = Words(current, conversing, chats, keys, texts)
        media = Media(
            current,
            bot=app.bot,
            conversations=conversations,
            conversing=conversing,
            words=words,
            done=done,
            chats=chats,
        )
        pressing = Pressing(
            current,
            conversations=conversations,
            conversing=conversing,
            sender=sender,
            done=done,
            chats=chats,
            keys=keys,
            texts=texts,
        )
        places = Places(current, bot=app.bot, conversing=conversing, sender=sender, chats=chats, keys=keys, texts=texts)
        handle(app, words=words, media=media, pressing=pressing, places=places, current=current)
        self.working = Working(
            inbox=inbox,
            storage=storage,
            clock=clock,
            settings=settings,
            counting=counting,
            process=self._process,
            give_up=self._give_up,
        )
        self._receiving = Receiving(
            bot=app.bot,
            inbox=inbox,
            chats=chats,
            working=self.working,
            sender=sender,
            done=done,
            texts=texts,
            clock=clock,
            settings=settings,
            counting=counting,
        )
        self.webhook = self._receiving.webhook
        self.outlet = TelegramOutlet(bot=app.bot, sender=sender, chats=chats, conversing=conversing, counting=counting)
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; until Telegram can be reached, what comes in waits."""
        self._running = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """End; what was under way is gone on with at the next start."""
        if self._running:
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running
        await self.working.stop()
        with contextlib.suppress(RuntimeError):  # never connected
            await self._app.shutdown()
        await self._app.bot.shutdown()

    async def purge(self) -> None:
        """Forget what need not be remembered any more."""
        remember = timedelta(hours=self._settings.remember_h)
        await self._inbox.purge(remember)
        await self._done.purge(remember)

    async def _run(self) -> None:
        try:
            await self._connect()
            self.working.start()
            await self.working.recover()
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._keep_up())
                tasks.create_task(self._introduce())
                if self._settings.mode == "polling":
                    tasks.create_task(self._receiving.poll())
        except* InvalidToken:
            log.error("Telegram refuses the bot's token: the channel is off until BXL_TELEGRAM_TOKEN is right")

    async def _connect(self) -> None:
        """Make the application ready and say how updates come, trying again until Telegram answers."""
        pause = self._settings.retry_s
        while True:
            try:
                await self._app.initialize()
                if self._settings.mode == "webhook":
                    await self._app.bot.set_webhook(
                        f"{self._settings.public_url.rstrip('/')}{PATH}",
                        secret_token=self._settings.webhook_secret.get_secret_value(),
                        allowed_updates=list(KINDS),
                        max_connections=_MOST_CONNECTIONS,
                    )
                else:
                    await self._app.bot.delete_webhook()
            except InvalidToken:
                raise
            except TelegramError as error:
                log.warning("Telegram cannot be reached: %s", type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, _MOST_PAUSE_S)
            else:
                return

    async def _introduce(self) -> None:
        """Tell the commands; a menu of yesterday is no reason to stop."""
        try:
            await tell_commands(self._app.bot, self._texts)
        except TelegramError as error:
            log.warning("the commands could not be told: %s", type(error).__name__)

    async def _keep_up(self) -> None:
        """Look for what another process left, and forget what is over."""
        clock = asyncio.get_running_loop()
        purge_at = clock.time()
        while True:
            try:
                await self.working.recover()
                if clock.time() >= purge_at:
                    await self.purge()
                    purge_at = clock.time() + _PURGE_EVERY_S
            except SQLAlchemyError as error:
                log.error("updates could not be looked for: %s", type(error).__name__)
            await asyncio.sleep(self._settings.sweep_s)

    async def _process(self, waiting: Waiting) -> None:
        """Have the application handle an update. Raises what its handler raised."""
        update = self._update(waiting)
        if update is None:
            return
        self._current.waiting[update.update_id] = waiting
        try:
            await self._app.process_update(update)
        finally:
            del self._current.waiting[update.update_id]
            error = self._current.failed.pop(update.update_id, None)
        if isinstance(error, UnreachableError):
            await self._conversing.gone(waiting.chat)
        elif error:
            raise error

    async def _give_up(self, waiting: Waiting) -> None:
        update = self._update(waiting)
        if update and update.effective_chat and update.effective_chat.type == update.effective_chat.PRIVATE:
            await self._conversing.tell(turn_of(update, waiting, self._chats), "failed")

    def _update(self, waiting: Waiting) -> Update | None:
        content = self._keys.opened(waiting.content)
        if content is None:
            log.error("update %d cannot be read: its key is missing", waiting.id)
            return None
        read: dict[str, Any] = json.loads(content)
        return Update.de_json(read, self._app.bot)
