"""The board of a stop: what leaves it, from a time on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kit.clock import BRUSSELS, Clock
from kit.languages import Language
from services.city.core.schemas import Name, stated
from services.city.transport import choosing, messages
from services.city.transport.choosing import Chosen
from services.city.transport.departures import Wanted, next_departures
from services.city.transport.memory import Network, Reading, StopView
from services.city.transport.realtime import merging, statement
from services.city.transport.realtime.departing import Departing
from services.city.transport.realtime.snapshots import Snapshot
from services.city.transport.repository import Call
from services.city.transport.schemas import Board, Departure
from services.city.transport.timetable import Calls
from services.city.transport.wording import timetable, tristate

#: How much earlier than scheduled real time may expect a departure.
_EARLIEST = timedelta(minutes=10)
_LATEST = timedelta(seconds=merging.LATEST_S)


def board(
    reading: Reading,
    clock: Clock,
    stop_id: str,
    *,
    language: Language,
    line: str | None,
    towards: str | None,
    mode: str | None,
    at: datetime | None,
    limit: int,
) -> Board:
    """Return the departures of a stop.

    ``at`` without a zone is local time there. Raises NotFoundError ``stop_not_found``, ``line_not_found``,
    ``line_not_at_stop``, ``mode_not_at_stop`` or ``towards_not_served``, each with what there is instead.
    """
    view = reading.stop(stop_id)
    chosen = choosing.chosen(reading, view, line=line, mode=mode, towards=towards)
    now = clock.now()
    since = _instant(at, now, next((feed.zone for feed in view.feeds.values()), BRUSSELS))
    fresh, old = reading.live(view.feeds, now)
    found = next_departures(_wanted(reading, view, chosen, fresh), since, limit)
    by_timetable = stated([feed.dataset for feed in view.feeds.values()], now)
    told = statement.of_departures(by_timetable, found, fresh, old, now)
    return Board(
        source=told.source,
        as_of=told.as_of,
        realtime=told.realtime,
        realtime_status=told.status,
        realtime_as_of=told.realtime_as_of,
        realtime_age_s=told.age_s,
        messages=messages.at_stop(reading, view, {call.line_id for call in chosen.calls}, language, now),
        stop=view.ref,
        lines=view.lines,
        at=since,
        items=[_departure(each, reading.network, now) for each in found],
        limit=limit,
        timetable=timetable(list(view.feeds.values()), since.date(), covers=any(each.leaving for each in found)),
    )


def _wanted(reading: Reading, view: StopView, chosen: Chosen, fresh: Sequence[Snapshot]) -> Wanted:
    # Real time is laid over all that leaves by these lines: what goes the other way is somebody else's passing.
    lines = {call.line_id for call in chosen.calls}
    calls = [call for call in view.calls if call.line_id in lines]
    by_timetable = Wanted(reading.session, reading.memory.timetable, _by_feed(view, calls), chosen.keeps)
    if not fresh:
        return by_timetable
    stop = merging.Stop(
        names=view.names,
        calls=calls,
        feeds=view.feeds,
        line_of=reading.network.line_of,
        stop_ids=reading.stop_ids,
        stop_name=reading.stop_name,
        scheduled_s=reading.scheduled_s,
    )
    return replace(
        by_timetable, laid=lambda leavings: merging.merged(stop, leavings, fresh), back=_LATEST, ahead=_EARLIEST
    )


def _by_feed(view: StopView, calls: Iterable[Call]) -> Collection[Calls]:
    by_feed: dict[int, list[Call]] = {}
    for call in calls:
        by_feed.setdefault(call.dataset_id, []).append(call)
    return [Calls(view.feeds[dataset], view.ids, found) for dataset, found in by_feed.items()]


def _instant(at: datetime | None, now: datetime, zone: ZoneInfo) -> datetime:
    if at is None:
        return now.astimezone(zone)
    return at.astimezone(zone) if at.tzinfo else at.replace(tzinfo=zone)


def _departure(each: Departing, network: Network, now: datetime) -> Departure:
    fr, nl = each.headsign
    leaving, at = each.leaving, each.at.astimezone(each.zone)
    headway_s = leaving.run.headway_s if leaving else None
    delay_s = each.delay_s
    return Departure(
        line=network.refs[each.line_id],
        headsign=Name(fr=fr, nl=nl),
        scheduled=leaving.at.astimezone(each.zone) if leaving else at,
        expected=at if each.measured and not each.cancelled else None,
        minutes=int((each.at - now).total_seconds() // 60),
        realtime=each.measured,
        delay_minutes=None if delay_s is None else round(delay_s / 60),
        cancelled=each.cancelled,
        added=leaving is None,
        platform=each.platform,
        trip_id=each.trip_id,
        service_day=leaving.run.day if leaving else at.date(),
        headway_minutes=max(1, round(headway_s / 60)) if headway_s else None,
        wheelchair=tristate(leaving.run.wheelchair) if leaving else None,
    )
