"""What an answer says of its real time: whether it is live, how old, and the source and time of its facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.city.core.schemas import Source
from services.city.transport.realtime.departing import Departing
from services.city.transport.realtime.snapshots import Snapshot


@dataclass(frozen=True)
class Told:
    """The part of an answer that speaks of its facts."""

    source: Source
    as_of: datetime
    realtime: bool
    status: Literal["live", "stale", "none"]
    realtime_as_of: datetime | None
    age_s: int | None


def of_departures(
    by_timetable: tuple[Source, datetime],
    found: Collection[Departing],
    fresh: Sequence[Snapshot],
    old: Sequence[Snapshot],
    now: datetime,
) -> Told:
    """Return what to say of departures from a timetable, whose source and time are given, and from real time.

    ``as_of`` is the time of the oldest fact that is shown.
    """
    source, as_of = by_timetable
    used = {each.source for each in found if each.source is not None}
    snapshots = [each for each in fresh if each.source in used]
    shown_times = [each.made_at.astimezone(now.tzinfo) for each in snapshots]
    if not found or any(not each.measured for each in found):
        shown_times.append(as_of)
    about = fresh or old
    made_at = min((each.made_at for each in snapshots or about), default=None)
    return Told(
        source=together([source, *(each.stated for each in snapshots)]),
        as_of=min(shown_times),
        realtime=bool(snapshots),
        status="live" if fresh else "stale" if old else "none",
        realtime_as_of=made_at.astimezone(now.tzinfo) if made_at else None,
        age_s=max(0, round((now - made_at).total_seconds())) if made_at else None,
    )


def together(sources: Iterable[Source]) -> Source:
    """Return one source that names all of these, each once; address and licence are the first one's."""
    found = list(dict.fromkeys((each.name, each.url, each.licence, each.sample) for each in sources))
    return Source(
        name=" · ".join(dict.fromkeys(name for name, *_ in found)),
        url=found[0][1],
        licence=found[0][2],
        sample=any(sample for *_, sample in found),
    )
