"""Carries what came unasked from the outbox to its channel: in order, tried again with growing waits, given up in
the end. Whoever tries a delivery claims it first, so that several processes try it one after the other."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Row
from sqlalchemy.exc import SQLAlchemyError

from kit.clock import Clock
from services.gateway.conversations import deliveries, subscriptions
from services.gateway.core.database import Database
from services.gateway.core.observability import Metrics
from services.gateway.notifications.port import Delivered, Gone, Outcome, Outlet, RetryLater

log = logging.getLogger(__name__)

#: How long a try may take, and how long it holds the claim: a process that dies in it is not waited for longer.
_TRY_S: Final = 45
_CLAIMED: Final = timedelta(seconds=60)
#: The wait after the first failure, which doubles, and the longest; up to a quarter more, so that not all come at once.
_FIRST_S: Final = 30.0
_SHORTEST_S: Final = 1.0
_LONGEST_S: Final = 3600.0
_SPREAD: Final = 0.25
#: How long a delivery is tried.
_GIVEN_UP: Final = timedelta(hours=24)
#: Deliveries under way at once.
_AT_ONCE: Final = 8


class Delivering:
    """The outbox at work."""

    def __init__(
        self,
        *,
        database: Database,
        outlets: Mapping[str, Outlet],
        default: Outlet,
        metrics: Metrics,
        clock: Clock,
        on_settled: Callable[[str], Awaitable[None]],
    ) -> None:
        """``outlets`` by channel; a channel without one of its own has the ``default``.

        ``on_settled`` is told the conversation where an operator's words have arrived, or will not.
        """
        self._database = database
        self._outlets = outlets
        self._default = default
        self._metrics = metrics
        self._clock = clock
        self._on_settled = on_settled
        self._at_once = asyncio.Semaphore(_AT_ONCE)
        self._under_way: set[asyncio.Task[None]] = set()

    def kick(self, conversation_id: str) -> None:
        """Deliver what was just stored for a conversation, without waiting for the next round."""
        task = asyncio.get_running_loop().create_task(self._kicked(conversation_id))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def typing(self, conversation_id: str, channel: str) -> None:
        """Show the resident that an operator writes."""
        await self._outlets.get(channel, self._default).typing(conversation_id)

    async def close(self) -> None:
        """Wait for what was kicked off."""
        while self._under_way:
            # Not gather, which for tasks that have all ended returns without letting the loop forget them.
            await asyncio.wait(self._under_way)

    async def deliver(self, conversation_id: str | None = None) -> int:
        """Try what is due, of one conversation or of all; return how much was delivered."""
        delivered, now = 0, self._clock.now()
        while rows := await self._database.read(partial(deliveries.due, now=now, conversation_id=conversation_id)):
            tried = await asyncio.gather(*(self._try(row) for row in rows))
            delivered += tried.count("delivered")
            if not any(tried):  # all of them are another process's
                break
        return delivered

    async def measure(self) -> None:
        """Count what is in the outbox."""
        self._metrics.outbox.clear()
        for (channel, state), count in (await self._database.read(deliveries.counts)).items():
            self._metrics.outbox.labels(channel, state).set(count)

    async def _kicked(self, conversation_id: str) -> None:
        try:
            await self.deliver(conversation_id)
        except SQLAlchemyError as error:  # the next round delivers it
            log.error("the outbox could not be read: %s", type(error).__name__)

    async def _try(self, row: Row[Any]) -> str | None:
        """Try a delivery and return what came of it; None where it is another one's."""
        async with self._at_once:
            now = self._clock.now()
            if row.until is not None and now >= row.until:
                outcome: str = "dropped"
                await self._settle(row, "dropped")
            elif row.tries and now - row.since > _GIVEN_UP:
                outcome = "dead"
                log.error("a message on %s could not be delivered in %d tries", row.channel, row.tries)
                await self._settle(row, "dead")
            elif not await self._database.write(partial(deliveries.claim, row=row, until=now + _CLAIMED)):
                return None
            else:
                outcome = await self._sent(row)
        self._metrics.delivered.labels(row.channel, outcome).inc()
        if row.author == "operator" and outcome != "retried":
            await self._on_settled(row.conversation_id)
        return outcome

    async def _sent(self, row: Row[Any]) -> str:
        message = await self._database.read(partial(deliveries.message, row=row))
        if message is None:
            return "dropped"  # erased meanwhile, and the delivery with it
        outlet = self._outlets.get(row.channel, self._default)
        try:
            async with asyncio.timeout(_TRY_S):
                outcome: Outcome = await outlet.deliver(row.conversation_id, message)
        except Exception as error:  # whatever it is, it is tried again
            log.warning("a delivery on %s failed: %s", row.channel, type(error).__name__)
            outcome = RetryLater()
        if isinstance(outcome, Delivered):
            await self._settle(row, "delivered")
            return "delivered"
        if isinstance(outcome, Gone):
            await self._database.write(partial(_gone, conversation_id=row.conversation_id))
            log.info("a channel (%s) does not lead to its resident any more: what they followed ends", row.channel)
            return "gone"
        await self._settle(row, "waiting", self._next_try(row, outcome))
        return "retried"

    def _next_try(self, row: Row[Any], outcome: RetryLater) -> datetime:
        """Return when to try again: when the channel says, or after a wait that doubles; not in quiet hours."""
        wait_s = outcome.after_s
        if wait_s is None:
            wait_s = min(_FIRST_S * 2.0**row.tries, _LONGEST_S) * random.uniform(1, 1 + _SPREAD)  # noqa: S311
        at = self._clock.now() + timedelta(seconds=max(wait_s, _SHORTEST_S))
        quiet = subscriptions.quiet_hours(row)
        return quiet.over(at) if quiet and quiet.holds(at) else at

    async def _settle(self, row: Row[Any], state: str, next_at: datetime | None = None) -> None:
        await self._database.write(partial(deliveries.settle, row=row, state=state, next_at=next_at))


def _gone(connection: Connection, conversation_id: str) -> None:
    deliveries.give_up(connection, conversation_id)
    subscriptions.remove_all(connection, conversation_id)
