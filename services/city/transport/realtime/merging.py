"""Lays real time over the scheduled departures of a stop.

What real time has not stays as scheduled. What it has replaces the scheduled time, and where it lists the next vehicles
of a line at a stop, a departure scheduled among them that none of them is does not come and is not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from kit.text import fold
from services.city.transport.realtime import matching, trip_updates
from services.city.transport.realtime.departing import Departing, halt, scheduled
from services.city.transport.realtime.forms import Passing
from services.city.transport.realtime.matching import Point
from services.city.transport.realtime.snapshots import Snapshot
from services.city.transport.repository import Call, Feed
from services.city.transport.timetable import Leaving

#: How long before a time scheduled departures are looked at: a vehicle that late may still come.
LATEST_S: Final = matching.LATEST_S


@dataclass(frozen=True)
class Stop:
    """What merging has to know of a stop: the calls whose departures are wanted, their feeds and lines.

    ``names`` are its own, folded. ``line_of`` gives the lines of a data set by their public ids; ``stop_ids`` the stops
    of a pattern in order; ``stop_name`` the name (fr, nl) of a data set's stop; ``scheduled_s`` when a run is scheduled
    to leave a position of its pattern, in UTC seconds.
    """

    names: frozenset[str]
    calls: Collection[Call]
    feeds: Mapping[int, Feed]
    line_of: Mapping[tuple[int, str], int]
    stop_ids: Callable[[int], Sequence[str]]
    stop_name: Callable[[int, str], tuple[str, str] | None]
    scheduled_s: Callable[[Leaving, int], int]


def merged(stop: Stop, leavings: Iterable[Leaving], live: Collection[Snapshot]) -> list[Departing]:
    """Return the departures of a stop in order of time, each once; ``live`` is what is fresh."""
    found = [scheduled(leaving) for leaving in leavings]
    for snapshot in live:
        datasets = {feed.dataset.id for feed in stop.feeds.values() if feed.dataset.feed == snapshot.feed}
        if not datasets:
            continue
        mine = [each for each in found if each.leaving is not None and each.leaving.call.dataset_id in datasets]
        others = [each for each in found if each.leaving is None or each.leaving.call.dataset_id not in datasets]
        calls = [call for call in stop.calls if call.dataset_id in datasets]
        laid = _by_passings if snapshot.kind == "passings" else _by_trips
        found = [*others, *laid(stop, calls, mine, snapshot)]
    return once(found)


def once(found: Iterable[Departing]) -> list[Departing]:
    """Return departures by time; of a trip that halts at two platforms of the place in a row, one: the first that is
    not cancelled."""
    ordered = sorted(found, key=_by_time)
    running = {halt(each) for each in ordered if not each.cancelled}
    cancelled = {halt(each) for each in ordered if each.cancelled}
    kept = []
    for each in ordered:
        before, after = halt(each, -1), halt(each, 1)
        twice = before in running or (each.cancelled and (before in cancelled or after in running))
        if each.leaving is None or not twice:
            kept.append(each)
    return kept


def _by_time(each: Departing) -> tuple[datetime, int, int, tuple[int, int]]:
    run = each.leaving.run if each.leaving else None
    return each.at, each.line_id, run.row if run else -1, run.call if run else (-1, -1)


def _by_passings(
    stop: Stop, calls: Sequence[Call], mine: Sequence[Departing], snapshot: Snapshot
) -> Iterable[Departing]:
    groups: dict[tuple[str, int], list[Departing]] = {}
    for each in mine:
        if each.leaving is not None:
            groups.setdefault((each.leaving.call.stop_id, each.line_id), []).append(each)
    boarding = {(call.stop_id, call.line_id) for call in calls}
    for stop_id, call in {call.stop_id: call for call in calls}.items():
        by_line: dict[int, list[Passing]] = {}
        for passing in snapshot.passings_at(stop_id):
            line = stop.line_of.get((call.dataset_id, passing.line))
            # What ends here is listed as well, but nobody can take it.
            if line is not None and (stop_id, line) in boarding and not _names(passing.fr, passing.nl) & stop.names:
                by_line.setdefault(line, []).append(passing)
        for line, passings in by_line.items():
            departures = sorted(groups.pop((stop_id, line), ()), key=_by_time)
            zone = stop.feeds[call.dataset_id].zone
            alone = Departing(None, line, ("", ""), call.platform, datetime.min.replace(tzinfo=UTC), zone)
            yield from _laid(passings, departures, alone, snapshot.source)
    for left in groups.values():
        yield from left


def _laid(
    passings: Sequence[Passing], departures: Sequence[Departing], alone: Departing, source: str
) -> Iterable[Departing]:
    """Yield the departures of one line at one platform, by what passes there."""
    wanted = [Point(each.expected, _names(each.fr, each.nl), each.measured) for each in passings]
    known = [Point(int(each.at.timestamp()), _names(*each.headsign)) for each in departures]
    until_s = max((each.expected for each in passings if each.measured), default=0)
    indices = matching.matched(wanted, known)
    for passing, point, index in zip(passings, wanted, indices, strict=True):
        at = datetime.fromtimestamp(passing.expected, UTC)
        if index is None:
            if passing.measured:
                yield alone.expected(at, source, _headsign(passing))
        elif passing.measured:
            other = point.names and not point.names & known[index].names
            yield departures[index].expected(at, source, _headsign(passing) if other else None)
        else:
            yield departures[index]
    taken = set(indices)
    for index, each in enumerate(departures):
        if index not in taken and known[index].at_s > until_s:
            yield each


def _by_trips(stop: Stop, calls: Sequence[Call], mine: Sequence[Departing], snapshot: Snapshot) -> Iterable[Departing]:
    for each in mine:
        yield _updated(stop, each, snapshot)
    yield from _added(stop, calls, snapshot)


def _added(stop: Stop, calls: Sequence[Call], snapshot: Snapshot) -> Iterable[Departing]:
    """Yield the trips that the timetable does not have, where they stop here and go on."""
    by_stop = {call.stop_id: call for call in calls}
    lines = {call.line_id for call in calls}
    datasets = {call.dataset_id for call in calls}
    for update in snapshot.added:
        line = next((stop.line_of.get((each, update.line)) for each in datasets if update.line), None)
        if line not in lines or line is None:
            continue
        stops = update.updates()
        for each in stops[:-1]:
            call = by_stop.get(each.stop_id or "")
            if call is None or each.departs is None or each.state != "known":
                continue
            yield Departing(
                None,
                line,
                stop.stop_name(call.dataset_id, stops[-1].stop_id or "") or call.headsign,
                call.platform,
                datetime.fromtimestamp(each.departs, UTC),
                stop.feeds[call.dataset_id].zone,
                source=snapshot.source,
                trip_id=update.trip_id,
            )


def _updated(stop: Stop, each: Departing, snapshot: Snapshot) -> Departing:
    leaving = each.leaving
    updates = snapshot.updates_of(leaving.run.trip_id) if leaving else ()
    if leaving is None or not updates:
        return each
    start_s = leaving.run.start_s
    starts = f"{start_s // 3600:02d}:{start_s // 60 % 60:02d}:{start_s % 60:02d}"
    update = trip_updates.of_run(updates, leaving.run.day, starts)
    if update is None:
        return each
    pattern, position = leaving.run.call
    told = trip_updates.at_stop(
        update, position, stop.stop_ids(pattern), lambda where: stop.scheduled_s(leaving, where)
    )
    if told.state == "cancelled":
        return each.called_off(snapshot.source)
    if told.departs_s is None:
        return each
    return each.expected(datetime.fromtimestamp(told.departs_s, UTC), snapshot.source)


def _names(*names: str | None) -> frozenset[str]:
    return frozenset(folded for name in names if name and (folded := fold(name)))


def _headsign(passing: Passing) -> tuple[str, str] | None:
    fr, nl = passing.fr or passing.nl, passing.nl or passing.fr
    return (fr, nl) if fr and nl else None
