"""Whether a watched source is fresh, late, failing or was never imported, and why, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from services.city.core.feed_states import aware
from services.city.models.feed_states import FeedState

Status = Literal["fresh", "late", "failing", "never", "off"]

#: So many failures in a row are more than a hiccup.
_FAILING: Final = 3
#: A source is late when it missed two turns; real time, which has short turns, gets this much at least.
_TURNS: Final = 2
_SHORTEST_GRACE: Final = timedelta(seconds=60)


@dataclass(frozen=True)
class Health:
    """The state of a source in a word, and the reason for it."""

    status: Status
    why: str


def health(state: FeedState, now: datetime, valid_until: date | None = None) -> Health:
    """Return how a source is doing; ``valid_until`` is the last day of which its data set knows anything."""
    succeeded = aware(state.succeeded_at)
    if not state.enabled:
        return Health("off", "not enabled")
    if succeeded is None:
        return Health("never", f"never succeeded: {state.error}" if state.error else "not asked yet")
    age = now - succeeded
    refresh = timedelta(seconds=state.refresh_s)
    late = age > max(refresh * _TURNS, refresh + _SHORTEST_GRACE)
    if state.failures and (late or state.failures >= _FAILING):
        return Health("failing", f"{state.failures} failures in a row; last success {ago(age)} ago: {state.error}")
    if late:
        return Health("late", f"last success {ago(age)} ago, due every {ago(refresh)}")
    if valid_until is not None and valid_until < now.date():
        return Health("late", f"its data ended on {valid_until}")
    return Health("fresh", f"last success {ago(age)} ago")


def ago(span: timedelta) -> str:
    """Return a span of time in its largest whole unit (``"3 h"``)."""
    seconds = max(0, int(span.total_seconds()))
    for unit, size in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
