"""When to remind of bags that go out: one rule for what is promised and for what is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from kit.clock import BRUSSELS


def moment(put_out: date, windows: Sequence[tuple[datetime, datetime]], at: str | None) -> datetime:
    """Return when to remind of bags with these windows on a day: at a time of day ("20:00"), or when the first may go
    out. A time of day at which one of them could not go out any more would come too late, and does not count."""
    opens, closes = min(opens for opens, _ in windows), min(until for _, until in windows)
    chosen = datetime.combine(put_out, time.fromisoformat(at), BRUSSELS) if at else opens
    return chosen if chosen < closes else opens
