"""How fast the bot may send: so many messages a second over all chats, and one a second in each.

Telegram lets short bursts in a chat pass; what it does not let pass, it answers with a time to wait, for which
everything waits.
"""

from __future__ import annotations

import asyncio
import os
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, Final

from aiolimiter import AsyncLimiter
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

# The library's switch for times to wait as they will be in its next version; as they were, each of them warns.
os.environ.setdefault("PTB_TIMEDELTA", "1")

#: Requests with a chat that are no messages.
_FREE: Final = frozenset({"sendChatAction", "leaveChat"})
_MOST_CHATS: Final = 10_000
_TRIES: Final = 3
#: A longer wait is told to who asked, and not waited for here.
_MOST_WAIT_S: Final = 15


class Limits(BaseRateLimiter[None]):
    """Waits before a request where too many were sent, and again where Telegram says so."""

    def __init__(self, *, messages_per_s: float, chat_burst: int) -> None:
        # As many as in two tenths of a second at once: a second's worth in one moment is refused by Telegram too.
        self._overall = AsyncLimiter(max(1.0, messages_per_s / 5), max(1.0, messages_per_s / 5) / messages_per_s)
        self._chat_burst = chat_burst
        self._chats: OrderedDict[int, AsyncLimiter] = OrderedDict()
        self._not_before = 0.0

    async def initialize(self) -> None:
        """Do nothing: there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing: there is nothing to close."""

    async def process_request(  # noqa: PLR0917 - the library's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Any:
        """Wait for the chat's turn, then for everybody's, then send. Raises RetryAfter where that takes too long."""
        del rate_limit_args
        chat = data.get("chat_id")
        if isinstance(chat, int) and endpoint not in _FREE:
            await self._of_chat(chat).acquire()
            await self._overall.acquire()
        clock = asyncio.get_running_loop()
        for left in reversed(range(_TRIES)):
            await asyncio.sleep(max(0.0, self._not_before - clock.time()))
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as refused:
                wait_s = seconds(refused)
                self._not_before = max(self._not_before, clock.time() + min(wait_s, _MOST_WAIT_S))
                if wait_s > _MOST_WAIT_S or not left:
                    raise
        raise AssertionError("the last try returns or raises")

    def _of_chat(self, chat: int) -> AsyncLimiter:
        limiter = self._chats.pop(chat, None) or AsyncLimiter(self._chat_burst, self._chat_burst)
        self._chats[chat] = limiter
        if len(self._chats) > _MOST_CHATS:
            self._chats.popitem(last=False)
        return limiter


def seconds(refused: RetryAfter) -> float:
    """Return how long Telegram wants to be left alone."""
    wait = refused.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
