"""What is live between requests and processes: small news, heard at once by whoever listens, kept by nobody.

In one process news goes straight to its listeners. With Redis it goes to every process's as well; where Redis is down,
each process goes on by itself, and whoever reads the database again and again finds what it missed.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import uuid
from collections.abc import Callable, Iterator
from typing import Any, Final, Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

#: ``kind`` says what it is; the rest belongs to the kind. Ids only, never anybody's words.
News = dict[str, Any]
Hear = Callable[[News], None]

_CHANNEL: Final = "bxl/live"
_MOST_UNSENT: Final = 10_000
_FIRST_WAIT_S: Final = 0.2
_LONGEST_WAIT_S: Final = 10.0


class Live(Protocol):
    """Tells news to all who listen."""

    def tell(self, news: News) -> None:
        """Tell everybody, without waiting."""
        ...

    def listening(self, hear: Hear) -> contextlib.AbstractContextManager[None]:
        """Have ``hear`` called with each piece of news for the time of the block."""
        ...

    async def start(self) -> None:
        """Begin to hear other processes."""
        ...

    async def close(self) -> None:
        """Stop."""
        ...


class LocalLive:
    """News of this process alone."""

    def __init__(self) -> None:
        self._listeners: dict[object, Hear] = {}

    def tell(self, news: News) -> None:
        """Tell everybody in this process."""
        for hear in tuple(self._listeners.values()):
            hear(news)

    @contextlib.contextmanager
    def listening(self, hear: Hear) -> Iterator[None]:
        """Listen for the time of the block."""
        key = object()
        self._listeners[key] = hear
        try:
            yield
        finally:
            del self._listeners[key]

    async def start(self) -> None:
        """Do nothing: there is no other process."""

    async def close(self) -> None:
        """Do nothing."""


class RedisLive(LocalLive):
    """News of all processes that share a Redis."""

    def __init__(self, redis_url: str) -> None:
        super().__init__()
        self._redis_url = redis_url
        self._own = uuid.uuid4().hex
        self._unsent: asyncio.Queue[str] = asyncio.Queue(_MOST_UNSENT)
        self._tasks: list[asyncio.Task[None]] = []
        #: Set while other processes are heard.
        self.connected = asyncio.Event()

    def tell(self, news: News) -> None:
        """Tell this process at once, and the others as soon as it is sent; too much at once is left to their looks."""
        super().tell(news)
        with contextlib.suppress(asyncio.QueueFull):
            self._unsent.put_nowait(json.dumps({"by": self._own, "news": news}))

    async def start(self) -> None:
        """Send and receive until it is closed."""
        self._tasks = [asyncio.create_task(self._kept(each)) for each in (self._send, self._receive)]

    async def close(self) -> None:
        """Stop sending and receiving."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    async def _kept(self, run: Callable[[Redis], Any]) -> None:
        """Do something with a connection again and again, with growing waits while there is none."""
        wait_s = _FIRST_WAIT_S
        while True:
            redis = Redis.from_url(self._redis_url)
            started = asyncio.get_running_loop().time()
            try:
                await run(redis)
            except (RedisError, OSError) as error:
                log.warning("news does not reach other processes: %s", type(error).__name__)
            finally:
                await redis.aclose()
            held_s = asyncio.get_running_loop().time() - started
            wait_s = _FIRST_WAIT_S if held_s > _LONGEST_WAIT_S else min(wait_s * 2, _LONGEST_WAIT_S)
            await asyncio.sleep(wait_s)

    async def _send(self, redis: Redis) -> None:
        while True:
            await redis.publish(_CHANNEL, await self._unsent.get())

    async def _receive(self, redis: Redis) -> None:
        async with redis.pubsub(ignore_subscribe_messages=True) as channel:
            await channel.subscribe(_CHANNEL)
            self.connected.set()
            try:
                async for message in channel.listen():
                    self._received(message["data"])
            finally:
                self.connected.clear()

    def _received(self, data: bytes) -> None:
        try:
            told = json.loads(data)
            by, news = str(told["by"]), dict(told["news"])
        except (ValueError, KeyError, TypeError):
            log.warning("news of another shape was left aside")
            return
        if by != self._own:
            super().tell(news)


def open_live(redis_url: str | None) -> Live:
    """Return what tells news: through Redis where there is one."""
    return RedisLive(redis_url) if redis_url else LocalLive()
