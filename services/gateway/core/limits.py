"""How often one conversation or one address may ask: token buckets in this process, or counts that workers share."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import logging
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final, Literal, Protocol

from limits import RateLimitItemPerSecond
from limits.aio.storage import RedisStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from redis.asyncio import ConnectionPool

from kit.languages import Language
from services.gateway.core.errors import ChatError

log = logging.getLogger(__name__)

_MOST_BUCKETS: Final = 50_000


class Limit(Protocol):
    """So many at once, and so many a minute in the long run, for each key."""

    async def take(self, key: str, language: Language | None = None) -> None:
        """Count one; raises ChatError ``too_many_requests`` where that is one too many."""
        ...


class RateLimit:
    """A bucket a key, of ``burst`` tokens, refilled at ``per_minute``; the least used keys are forgotten first.

    Buckets live in the process: with several workers each counts for itself.
    """

    def __init__(self, per_minute: float, burst: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._per_s = per_minute / 60
        self._burst = burst
        self._monotonic = monotonic
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def take(self, key: str, language: Language | None = None) -> None:
        """Take a token; raises ChatError ``too_many_requests`` where there is none."""
        now = self._monotonic()
        tokens, then = self._buckets.pop(key, (float(self._burst), now))
        tokens = min(float(self._burst), tokens + (now - then) * self._per_s)
        allowed = tokens >= 1
        self._buckets[key] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > _MOST_BUCKETS:
            self._buckets.popitem(last=False)
        if not allowed:
            raise _too_many((1 - tokens) / self._per_s, language)


class SharedRateLimit:
    """A moving window in a store that several workers share: ``burst`` in as long as it takes to earn so many.

    Where the store fails, each worker counts for itself.
    """

    def __init__(self, storage: Storage, name: str, per_minute: float, burst: int) -> None:
        self._window = RateLimitItemPerSecond(
            burst, max(1, math.ceil(burst * 60 / per_minute)), namespace=f"bxl/{name}"
        )
        self._strategy = MovingWindowRateLimiter(storage)
        self._alone = RateLimit(per_minute, burst)

    async def take(self, key: str, language: Language | None = None) -> None:
        """Count one; raises ChatError ``too_many_requests`` where that is one too many."""
        try:
            if await self._strategy.hit(self._window, key):
                return
            reset, _ = await self._strategy.get_window_stats(self._window, key)
        except StorageError as error:
            log.warning("the shared store of limits failed: %s", type(error.storage_error).__name__)
            await self._alone.take(key, language)
            return
        raise _too_many(max(1.0, reset - time.time()), language)


class Limits:
    """Makes limits; keys are kept as keyed hashes, so that no address is in memory or in a store."""

    def __init__(self, secret: str, redis_url: str | None = None) -> None:
        self._secret = hashlib.sha256(f"limits\n{secret}".encode()).digest()
        self._pool = ConnectionPool.from_url(redis_url) if redis_url else None
        self._storage: Storage | None = None
        if redis_url:
            pooled: dict[str, Any] = {"connection_pool": self._pool}
            self._storage = RedisStorage(f"async+{redis_url}", wrap_exceptions=True, implementation="redispy", **pooled)

    def make(self, name: str, per_minute: float, burst: int) -> Limit:
        """Return a limit; ``name`` keeps its counts apart from others'."""
        limit: Limit = RateLimit(per_minute, burst)
        if self._storage is not None:
            limit = SharedRateLimit(self._storage, name, per_minute, burst)
        return _Hashed(limit, self._secret)

    async def close(self) -> None:
        """Close the connections to the store."""
        if self._pool is not None:
            await self._pool.disconnect()


class _Hashed:
    """A limit whose keys are hashed first."""

    def __init__(self, limit: Limit, secret: bytes) -> None:
        self._limit = limit
        self._secret = secret

    async def take(self, key: str, language: Language | None = None) -> None:
        """Count one. Raises ChatError."""
        await self._limit.take(hmac.new(self._secret, key.encode(), hashlib.sha256).hexdigest()[:32], language)


def holds_for(mode: Literal["public", "all", "off"], address: str | None) -> bool:
    """Tell whether limits hold for a caller; under ``public`` those on this machine are free."""
    if mode != "public":
        return mode == "all"
    try:
        return not ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return True


def network(address: str | None) -> str:
    """Return what counts as one address: of IPv6, the network of 64 bits that one household has."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, 64), strict=False).network_address)


def _too_many(wait_s: float, language: Language | None) -> ChatError:
    return ChatError(HTTPStatus.TOO_MANY_REQUESTS, "too_many_requests", language=language, retry_after_s=wait_s)
