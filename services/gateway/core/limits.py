"""Token buckets: how often one conversation or one address may ask."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from http import HTTPStatus
from typing import Final, Literal

from kit.languages import Language
from services.gateway.core.errors import ChatError

_MOST_BUCKETS: Final = 50_000


class RateLimit:
    """A bucket a key, of ``burst`` tokens, refilled at ``per_minute``; the least used keys are forgotten first.

    Buckets live in the process: with several workers each counts for itself.
    """

    def __init__(self, per_minute: float, burst: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._per_s = per_minute / 60
        self._burst = burst
        self._monotonic = monotonic
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, language: Language | None = None) -> None:
        """Take a token; raises ChatError ``too_many_requests`` where there is none."""
        now = self._monotonic()
        tokens, then = self._buckets.pop(key, (float(self._burst), now))
        tokens = min(float(self._burst), tokens + (now - then) * self._per_s)
        allowed = tokens >= 1
        self._buckets[key] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > _MOST_BUCKETS:
            self._buckets.popitem(last=False)
        if not allowed:
            wait_s = (1 - tokens) / self._per_s
            raise ChatError(HTTPStatus.TOO_MANY_REQUESTS, "too_many_requests", language=language, retry_after_s=wait_s)


def holds_for(mode: Literal["public", "all", "off"], address: str | None) -> bool:
    """Tell whether limits hold for a caller; under ``public`` those on this machine are free."""
    if mode != "public":
        return mode == "all"
    try:
        return not ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return True
