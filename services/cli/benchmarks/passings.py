"""Real time for a benchmark: what leaves each stop next, a little late, as an operator's waiting times say it."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from services.city.transport import service_days
from services.city.transport.memory import Reading
from services.city.transport.realtime import store
from services.city.transport.realtime.forms import Passing, pack_passings
from services.city.transport.timetable import Calls, Leaving

_AHEAD_S: Final = 1_800
_NEXT: Final = 2
_LATEST_S: Final = 180


def put(session: Session, reading: Reading, stop_ids: Iterable[str], now: datetime) -> int:
    """Store the next two vehicles of each line at each platform of these stops; return how many there are."""
    late = random.Random(3)  # noqa: S311 - delays, not secrets
    by_stop: dict[str, dict[int, list[Passing]]] = {}
    feed = next(iter(reading.network.feeds.values()))
    for stop_id in stop_ids:
        for leaving in _next(reading, stop_id, now):
            passings = by_stop.setdefault(leaving.call.stop_id, {}).setdefault(leaving.call.line_id, [])
            if len(passings) < _NEXT:
                expected = int(leaving.at.timestamp()) + late.randrange(_LATEST_S)
                line = reading.network.refs[leaving.call.line_id].id
                passings.append(Passing(line, expected, *leaving.call.headsign, measured=True))
    found = {
        stop: sorted((each for of_line in lines.values() for each in of_line), key=lambda each: each.expected)
        for stop, lines in by_stop.items()
    }
    values = {
        "source": "benchmark",
        "kind": "passings",
        "feed": feed.dataset.feed,
        "made_at": now,
        "fetched_at": now,
        "source_name": "benchmark",
        "source_url": None,
        "licence": None,
        "sample": True,
        "report": {},
        "body": pack_passings(found),
    }
    store.put(session, values)
    return sum(map(len, found.values()))


def _next(reading: Reading, stop_id: str, now: datetime) -> Iterable[Leaving]:
    view = reading.stop(stop_id)
    for feed in view.feeds.values():
        calls = Calls(feed, view.ids, [call for call in view.calls if call.dataset_id == feed.dataset.id])
        begins = service_days.start(now.date(), feed.zone)
        first_s = int((now - begins).total_seconds())
        span = service_days.Span(now.date(), first_s, first_s + _AHEAD_S)
        yield from reading.memory.timetable.leaving(reading.session, calls, span, now)
