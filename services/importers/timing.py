"""When a source is asked next: after a success, after failures, within its quota."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Final

from services.feeds.errors import FeedError, FeedRefusedError
from services.feeds.source import Source

_DAY: Final = timedelta(days=1)
#: Back-off begins with this, or with the source's own interval where that is shorter, and doubles.
_FIRST: Final = timedelta(minutes=1)
#: The longest back-off, unless the source's own interval is longer still; then at most an hour or so.
_LONGEST: Final = timedelta(minutes=10)
_LONGEST_OF_SLOW: Final = timedelta(hours=1)
#: Sources are asked up to this share later than they could be, so that they are not all asked at once.
JITTER: Final = 0.05


def interval(source: Source) -> timedelta:
    """Return how often to ask: as often as the source changes, but no more than its quota lasts for."""
    calls = source.daily_calls
    return max(source.every, _DAY / calls) if calls else source.every


def after_success(source: Source, now: datetime, jitter: float) -> datetime:
    """Return when to ask again; ``jitter`` is a number from 0 to 1."""
    return now + interval(source) * (1 + JITTER * jitter)


def after_failure(source: Source, now: datetime, jitter: float, failures: int, error: Exception) -> datetime:
    """Return when to try again after ``failures`` in a row, the last one being ``error``.

    What only a person can mend is tried rarely; what says when it is back is not asked before.
    """
    longest = max(_LONGEST, min(source.every, _LONGEST_OF_SLOW))
    wait = min(min(source.every, _FIRST) * float(1 << min(failures - 1, 20)), longest)
    if isinstance(error, FeedRefusedError):
        wait = longest
    if isinstance(error, FeedError) and error.retry_after_s is not None:
        wait = max(wait, timedelta(seconds=error.retry_after_s))
    return now + wait * (1 + JITTER * jitter)


def next_day(now: datetime) -> datetime:
    """Return when the calls of the day are counted anew: midnight, UTC."""
    return datetime.combine(now.astimezone(UTC).date() + _DAY, time(), UTC)
