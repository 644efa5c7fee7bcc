"""What a kind of subscription is: where its facts come from, and when they are news to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Row

from kit.clock import BRUSSELS
from services.gateway.dialogue.port import Draft


@dataclass(frozen=True)
class News:
    """What a look at a subscription came to; without drafts there is nothing to say."""

    #: When to look again.
    next_at: datetime
    #: What is known by then, so that it is told once; None: as before.
    seen: dict[str, Any] | None = None
    drafts: tuple[Draft, ...] = ()
    #: When it is of no use any more.
    until: datetime | None = None
    #: Whether quiet hours hold it back: it is then looked at again when they are over, and said as things stand then.
    waits: bool = True
    #: Whether there is nothing to follow after this.
    ends: bool = False


class Kind(Protocol):
    """One kind of subscription. A row is one of ``subscriptions.due``."""

    name: str

    async def facts(self, row: Row[Any], now: datetime) -> Any:
        """Return what is known of a row's subject, for everyone who follows it. Raises CityDownError."""
        ...

    async def news(self, row: Row[Any], facts: Any, now: datetime) -> News:
        """Return what of the facts is news for a row. Raises CityDownError."""
        ...


def aligned(now: datetime, period: timedelta) -> datetime:
    """Return the next multiple of a period: who follows the same is looked at together, with one question."""
    seconds = period.total_seconds()
    return datetime.fromtimestamp((now.timestamp() // seconds + 1) * seconds, UTC).astimezone(BRUSSELS)
