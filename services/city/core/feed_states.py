"""Repository of the states of watched sources. Each change is one short statement; the caller commits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import case, or_, select, update
from sqlalchemy.orm import Session

from services.city.models.feed_states import FeedState

_MOST_ERROR = 500


@dataclass(frozen=True)
class Watched:
    """What the list of sources says of one."""

    source: str
    title: str
    feed: str | None
    enabled: bool
    refresh: timedelta
    quota: int | None


def declare(session: Session, sources: Iterable[Watched]) -> None:
    """Write the list of sources down, keeping what is known of each; one that left the list is forgotten."""
    known = {state.source: state for state in session.scalars(select(FeedState))}
    listed = set()
    for each in sources:
        state = known.get(each.source)
        if state is None:
            state = FeedState(source=each.source, failures=0, calls=0)
            session.add(state)
        listed.add(each.source)
        state.title, state.feed, state.enabled = each.title, each.feed, each.enabled
        state.refresh_s, state.quota = round(each.refresh.total_seconds()), each.quota
    for name in known.keys() - listed:
        session.delete(known[name])
    session.flush()


def one(session: Session, source: str) -> FeedState:
    """Return the state of a source that was declared."""
    return session.scalars(select(FeedState).where(FeedState.source == source)).one()


def confirmed(session: Session, feeds: Iterable[str]) -> dict[str, datetime]:
    """Return when the sources of feeds last said what holds, be it only that nothing changed."""
    query = select(FeedState.feed, FeedState.succeeded_at).where(FeedState.feed.in_(feeds))
    rows = ((feed, aware(at)) for feed, at in session.execute(query))
    return {feed: at for feed, at in rows if feed is not None and at is not None}


def every(session: Session) -> list[FeedState]:
    """Return the states of all sources, by name."""
    return list(session.scalars(select(FeedState).order_by(FeedState.source)))


def lease(session: Session, source: str, now: datetime, until: datetime) -> bool:
    """Take a source for oneself until a time; False where somebody else has it."""
    free = or_(FeedState.leased_until.is_(None), FeedState.leased_until <= _utc(now))
    return _update(session, source, {"leased_until": _utc(until), "attempted_at": _utc(now)}, free)


def count_call(session: Session, source: str, now: datetime) -> int:
    """Count a call to the source and return how many there were today (UTC), this one included."""
    today = day(now)
    calls = case((FeedState.calls_on == today, FeedState.calls + 1), else_=1)
    _update(session, source, {"calls": calls, "calls_on": today})
    return session.scalars(select(FeedState.calls).where(FeedState.source == source)).one()


def succeeded(
    session: Session,
    source: str,
    *,
    now: datetime,
    next_at: datetime,
    changed: bool,
    etag: str | None,
    last_modified: str | None,
) -> None:
    """Note that a source answered, give it back, and remember what to ask for changes with."""
    values: dict[str, Any] = {
        "succeeded_at": _utc(now),
        "next_at": _utc(next_at),
        "leased_until": None,
        "failures": 0,
        "error": None,
        # A validator that does not fit is worth nothing in part: the source is then asked for everything.
        "etag": etag if len(etag or "") <= 300 else None,
        "last_modified": last_modified if len(last_modified or "") <= 100 else None,
    }
    if changed:
        values["changed_at"] = _utc(now)
    _update(session, source, values)


def failed(session: Session, source: str, *, next_at: datetime, error: str) -> None:
    """Note that a source failed once more, and give it back."""
    values = {
        "next_at": _utc(next_at),
        "leased_until": None,
        "failures": FeedState.failures + 1,
        "error": error[:_MOST_ERROR],
    }
    _update(session, source, values)


def put_off(session: Session, source: str, next_at: datetime) -> None:
    """Give a source back unasked, not to be asked before a time."""
    _update(session, source, {"next_at": _utc(next_at), "leased_until": None})


def day(now: datetime) -> date:
    """Return the day that calls are counted by."""
    return now.astimezone(UTC).date()


def aware(value: datetime | None) -> datetime | None:
    """Return a stored instant with its zone, which SQLite drops."""
    return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


def _update(session: Session, source: str, values: dict[str, Any], *conditions: Any) -> bool:
    query = update(FeedState).where(FeedState.source == source, *conditions).values(values)
    result = session.execute(query.execution_options(synchronize_session=False))
    return bool(result.rowcount)  # type: ignore[attr-defined]


def _utc(value: datetime) -> datetime:
    return value.astimezone(UTC)
