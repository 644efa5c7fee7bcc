"""How often a line runs, from the hours of a day to a few spans of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from actions.city.journeys import Frequency

#: Spans that an answer lists.
MOST: Final = 6
#: Hours whose intervals differ by no more than this, in minutes or as a share, run alike.
_MINUTES: Final = 1
_SHARE: Final = 0.15


@dataclass(frozen=True)
class Span:
    """A span of a day in which a line leaves every ``least`` to ``most`` minutes."""

    since: datetime
    until: datetime
    least: int
    most: int

    def with_next(self, other: Span) -> Span:
        """Return both spans as one."""
        return Span(self.since, other.until, min(self.least, other.least), max(self.most, other.most))


def spans(hours: Iterable[Frequency]) -> list[Span]:
    """Return the spans of a day in order, those that run alike as one; hours with a single departure are left out."""
    found: list[Span] = []
    for hour in hours:
        if hour.every_minutes is None:
            continue
        span = Span(hour.since, hour.since + timedelta(hours=1), hour.every_minutes, hour.every_minutes)
        if found and found[-1].until == span.since and _runs_alike(found[-1].with_next(span)):
            found[-1] = found[-1].with_next(span)
        else:
            found.append(span)
    return _few(found)


def _runs_alike(span: Span) -> bool:
    return span.most - span.least <= max(_MINUTES, _SHARE * span.least)


def _few(found: Sequence[Span]) -> list[Span]:
    """Return no more spans than are listed: the two neighbours that differ least become one."""
    left = list(found)
    while len(left) > MOST:
        at = min(range(len(left) - 1), key=lambda each: _spread(left[each], left[each + 1]))
        left[at : at + 2] = [left[at].with_next(left[at + 1])]
    return left


def _spread(one: Span, other: Span) -> int:
    both = one.with_next(other)
    return both.most - both.least
