"""When to remind: one rule for what is promised and for what is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from kit.clock import BRUSSELS
from kit.quiet import QUIET, Quiet

#: What cannot wait until quiet hours are over is said so long before them.
_BEFORE_QUIET: Final = timedelta(minutes=15)
#: When an appointment of the next day is reminded of.
_DAY_BEFORE: Final = time(17)


def moment(
    put_out: date, windows: Sequence[tuple[datetime, datetime]], at: str | None, quiet: Quiet | None = QUIET
) -> datetime:
    """Return when to remind of bags with these windows on a day: at a time of day ("20:00"), or when the first may go
    out. A time of day at which one of them could not go out any more would come too late, and does not count.

    A time that was named holds in quiet hours too; what nobody named is said before them: after, the bags are gone.
    """
    opens, closes = min(opens for opens, _ in windows), min(until for _, until in windows)
    chosen = datetime.combine(put_out, time.fromisoformat(at), BRUSSELS) if at else None
    return chosen if chosen is not None and chosen < closes else before_quiet(opens, quiet)


def day_before(starts_at: datetime, quiet: Quiet | None = QUIET) -> datetime:
    """Return when to remind of an appointment: late in the afternoon before it."""
    eve = starts_at.astimezone(BRUSSELS).date() - timedelta(days=1)
    return before_quiet(datetime.combine(eve, _DAY_BEFORE, BRUSSELS), quiet)


def before_quiet(at: datetime, quiet: Quiet | None) -> datetime:
    """Return an instant, or one before the quiet hours that it falls in."""
    return quiet.began(at) - _BEFORE_QUIET if quiet is not None and quiet.holds(at) else at
