"""Works updates off: those of a chat one after the other, several chats at once, each until it is answered.

What waits is in the inbox, so whoever comes next - a try again, another process, this one after a crash - goes on.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from telegram.error import BadRequest, NetworkError, RetryAfter

from kit.clock import Clock
from services.telegram.counting import Counting
from services.telegram.inbox import Inbox, Waiting
from services.telegram.limits import seconds
from services.telegram.port import Storage
from services.telegram.settings import TelegramSettings

log = logging.getLogger(__name__)

_MOST_PAUSE_S: Final = 60.0

#: Answers an update; whatever it raises makes it be tried again.
Process = Callable[[Waiting], Awaitable[None]]


class Working:
    """One worker a chat that has updates waiting."""

    def __init__(
        self,
        *,
        inbox: Inbox,
        storage: Storage,
        clock: Clock,
        settings: TelegramSettings,
        counting: Counting,
        process: Process,
        give_up: Process,
    ) -> None:
        self._inbox = inbox
        self._storage = storage
        self._clock = clock
        self._settings = settings
        self._counting = counting
        self._process = process
        self._give_up = give_up
        self._slots = asyncio.Semaphore(settings.at_once)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._news: set[str] = set()
        self._waited_for: set[int] = set()
        self._open = False

    def start(self) -> None:
        """Let workers work."""
        self._open = True

    def wake(self, chat: str) -> None:
        """Work off what a chat has waiting."""
        if not self._open:
            return
        self._news.add(chat)
        if chat not in self._tasks:
            self._tasks[chat] = asyncio.create_task(self._work(chat))

    async def recover(self) -> None:
        """Work off what nobody works on: after a start, or where another process has ended."""
        for chat in await self._inbox.chats():
            self.wake(chat)

    async def idle(self) -> None:
        """Wait until nobody works any more."""
        while self._tasks:
            await asyncio.wait(list(self._tasks.values()))

    async def stop(self) -> None:
        """Stop; what was under way is tried again by whoever comes next."""
        self._open = False
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._tasks.clear()

    async def _work(self, chat: str) -> None:
        try:
            while chat in self._news:
                self._news.discard(chat)
                pause: float | None = 0.0
                while pause is not None:
                    await asyncio.sleep(pause)
                    pause = await self._next(chat)
        finally:
            self._tasks.pop(chat, None)

    async def _next(self, chat: str) -> float | None:
        """Do the next update of a chat; return the seconds until the one after it, None where there is none."""
        try:
            async with self._slots, self._storage.alone(f"telegram {chat}"):
                waiting = await self._inbox.next_of(chat)
                return await self._one(waiting) if waiting else None
        except Exception as error:
            log.error("updates wait: %s", type(error).__name__)
            return self._settings.retry_s

    async def _one(self, waiting: Waiting) -> float:
        if self._clock.now() - waiting.at > timedelta(hours=self._settings.answer_within_h):
            return await self._end(waiting, "dropped")
        if self._is_early(waiting):
            return self._settings.order_wait_s
        await self._inbox.tried(waiting.id)
        try:
            await self._process(waiting)
        except RetryAfter as refused:
            return seconds(refused)
        except Exception as error:
            return await self._failed(waiting, error)
        return await self._end(waiting, "answered")

    def _is_early(self, waiting: Waiting) -> bool:
        """Tell whether the update before may still be on its way; asked once for each."""
        if waiting.follows or waiting.tries or waiting.id in self._waited_for or not self._settings.order_wait_s:
            self._waited_for.discard(waiting.id)
            return False
        self._waited_for.add(waiting.id)
        return True

    async def _failed(self, waiting: Waiting, error: Exception) -> float:
        """Return the pause before the next try; an update that fails by itself is given up after some."""
        outside = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
        frames = traceback.extract_tb(error.__traceback__)[-3:]
        place = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
        log.warning("update %d: %s at %s", waiting.id, type(error).__name__, place)
        if not outside and waiting.tries + 1 >= self._settings.most_tries:
            log.error("update %d is given up", waiting.id)
            try:
                await self._give_up(waiting)
            except Exception as further:
                log.error("update %d: its failure could not be told: %s", waiting.id, type(further).__name__)
            return await self._end(waiting, "failed")
        return min(self._settings.retry_s * 2.0 ** min(waiting.tries, 10), _MOST_PAUSE_S)

    async def _end(self, waiting: Waiting, outcome: str) -> float:
        self._waited_for.discard(waiting.id)
        await self._inbox.done(waiting.id)
        self._counting.update(outcome)
        return 0.0
