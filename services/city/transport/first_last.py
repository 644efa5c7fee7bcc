"""The first and last departures of a line on a service day, and what still leaves after the last."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from kit.clock import Clock
from services.city.core.schemas import Name, stated
from services.city.models.transport import Line, Pattern
from services.city.transport import day as days
from services.city.transport import line_repository, repository
from services.city.transport.line_schemas import DirectionDay, EdgeDeparture, FirstLast, LineAfter
from services.city.transport.memory import Reading, StopView
from services.city.transport.repository import Feed
from services.city.transport.schemas import StopName
from services.city.transport.selection import of_line, the_line
from services.city.transport.timetable import Leaving
from services.city.transport.wording import line_ref, stop_lines, timetable

#: How long after the last departure other lines are looked for.
_AFTER: Final = timedelta(hours=4)
#: A line that leaves at these hours only is a night line.
_NIGHT_HOURS: Final = frozenset((23, 0, 1, 2, 3, 4))
_DAY: Final = timedelta(hours=24)


def first_last(reading: Reading, clock: Clock, written: str, *, stop: str | None, day: date | None) -> FirstLast:
    """Return a line's first and last departures at a stop, or where each of its directions begins.

    Raises NotFoundError ``line_not_found``, ``stop_not_found`` or ``line_not_at_stop``, each with what there is
    instead, and AmbiguousError ``line_ambiguous``.
    """
    view = reading.stop(stop) if stop is not None else None
    line = _line(reading, written, view)
    feed = reading.network.feeds[line.dataset_id]
    patterns = line_repository.patterns(reading.session, [line.id])
    places, calls = (view.ids, view.calls) if view else days.origins(reading, line)
    now = clock.now()
    asked = day or days.in_progress(now, feed)
    leavings = days.leaving(reading, feed, places, [call for call in calls if call.line_id == line.id], asked)
    directions = {pattern.id: pattern.direction for pattern in patterns}
    ways = sorted(
        days.by_way(leavings, lambda call: (directions[call.key[0]], *call.headsign)).items(),
        key=lambda way: -len(way[1]),
    )
    source, as_of = stated([feed.dataset], now)
    name = StopName(id=view.ref.id, name=view.ref.name) if view else None
    return FirstLast(
        source=source,
        as_of=as_of,
        realtime=False,
        line=line_ref(line),
        stop=name,
        service_day=asked,
        directions=[
            DirectionDay(
                headsign=Name(fr=fr, nl=nl),
                direction=direction,
                departures=len(found),
                first=_edge(reading, name, found[0]),
                last=_edge(reading, name, found[-1]),
            )
            for (direction, fr, nl), found in ways
        ],
        next_service_day=None if ways else _next_day(reading, feed, patterns, asked),
        afterwards=_afterwards(reading, view, line, leavings[-1].at) if view and leavings else None,
        timetable=timetable([feed], asked),
    )


def _line(reading: Reading, written: str, view: StopView | None) -> Line:
    known = reading.network.lines.values()
    if view is None:
        return the_line(known, written)
    calls = of_line(reading.session, view.places[0], view.calls, reading.network.lines, written)
    return the_line([reading.network.lines[key] for key in {call.line_id for call in calls}], written)


def _edge(reading: Reading, stop: StopName | None, leaving: Leaving) -> EdgeDeparture:
    headway_s = leaving.run.headway_s
    return EdgeDeparture(
        scheduled=leaving.at.astimezone(leaving.zone),
        stop=stop or reading.places_of((leaving.call.stop_id,))[0],
        platform=leaving.call.platform,
        trip_id=leaving.run.trip_id,
        headway_minutes=max(1, round(headway_s / 60)) if headway_s else None,
    )


def _next_day(reading: Reading, feed: Feed, patterns: Collection[Pattern], day: date) -> date | None:
    found = repository.service_days(reading.session, [pattern.id for pattern in patterns], day, 1)
    return next((each for each in found if feed.covers(each)), None)


def _afterwards(reading: Reading, view: StopView, line: Line, last: datetime) -> list[LineAfter]:
    by_line: dict[int, list[Leaving]] = {}
    for feed in view.feeds.values():
        calls = [call for call in view.calls if call.dataset_id == feed.dataset.id and call.line_id != line.id]
        for each in days.between(reading, feed, view.ids, calls, since=last - _DAY, until=last + _AFTER):
            by_line.setdefault(each.call.line_id, []).append(each)
    found = [
        _after(reading.network.lines, key, leavings, later)
        for key, leavings in by_line.items()
        if (later := [each for each in leavings if each.at > last])
    ]
    return sorted(found, key=lambda each: (not each.night, each.departs, each.id))


def _after(lines: Mapping[int, Line], key: int, leavings: Iterable[Leaving], later: Sequence[Leaving]) -> LineAfter:
    (line,) = stop_lines({each.call.key: each.call for each in later}.values(), {key: lines[key]})
    times = sorted(each.at.astimezone(each.zone) for each in later)
    hours = {each.at.astimezone(each.zone).hour for each in leavings}
    return LineAfter(**dict(line), departs=times[0], last=times[-1], night=hours <= _NIGHT_HOURS)
