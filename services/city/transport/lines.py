"""Answers about lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from kit.clock import Clock
from services.city.core.schemas import Name, Page, stated
from services.city.models.transport import Line, Pattern, StopPlace
from services.city.transport import day as days
from services.city.transport import frequency, line_repository, repository
from services.city.transport.day import Way
from services.city.transport.memory import Reading
from services.city.transport.schemas import Direction, LineAnswer, LineInfo, LineStop, Variant
from services.city.transport.selection import the_line
from services.city.transport.timetable import Leaving
from services.city.transport.wording import STOP_PREFIX, headsigns, line_ref, timetable


def list_lines(session: Session, clock: Clock, limit: int, offset: int) -> Page[LineInfo]:
    """Return a page of all lines, in the feeds' order."""
    lines = line_repository.lines(session)
    feeds = repository.feeds(session)
    source, as_of = stated([feed.dataset for feed in feeds.values()], clock.now())
    patterns = line_repository.patterns(session, [line.id for line in lines[offset : offset + limit]])
    page = [_info(line, [p for p in patterns if p.line_id == line.id]) for line in lines[offset : offset + limit]]
    return Page[LineInfo](
        items=page, total=len(lines), limit=limit, offset=offset, source=source, as_of=as_of, realtime=False
    )


def one_line(reading: Reading, clock: Clock, written: str, day: date | None) -> LineAnswer:
    """Return a line by its short name or id, with how often it leaves on a service day; today where none is given.

    Raises NotFoundError ``line_not_found`` with lines of similar names, and AmbiguousError ``line_ambiguous`` with all
    lines of the name where several operators or modes have one.
    """
    line = the_line(reading.network.lines.values(), written)
    feed = reading.network.feeds[line.dataset_id]
    patterns = line_repository.patterns(reading.session, [line.id])
    now = clock.now()
    asked = day or days.in_progress(now, feed)
    places, calls = days.origins(reading, line)
    leavings = days.leaving(reading, feed, places, calls, asked)
    way_of = {pattern.id: _way(pattern) for pattern in patterns}
    ways = days.by_way(leavings, lambda call: way_of[call.key[0]])
    source, as_of = stated([feed.dataset], now)
    return LineAnswer(
        source=source,
        as_of=as_of,
        realtime=False,
        **dict(_info(line, patterns)),
        directions=_directions(reading, patterns, ways),
        service_day=asked,
        timetable=timetable([feed], asked),
    )


def _info(line: Line, patterns: Iterable[Pattern]) -> LineInfo:
    trips: dict[tuple[str, str], int] = {}
    for pattern in patterns:
        name = (pattern.headsign_fr, pattern.headsign_nl)
        trips[name] = trips.get(name, 0) + pattern.trips
    return LineInfo(
        **dict(line_ref(line)),
        name=Name(fr=line.name_fr, nl=line.name_nl),
        operator=line.operator,
        headsigns=headsigns(trips),
    )


def _directions(reading: Reading, patterns: list[Pattern], ways: Mapping[Way, Sequence[Leaving]]) -> list[Direction]:
    """Return each destination once, with the calls of the pattern of most trips, the busiest first."""
    groups: dict[Way, list[Pattern]] = {}
    for pattern in patterns:
        groups.setdefault(_way(pattern), []).append(pattern)
    stops = line_repository.stops_of(reading.session, [pattern.id for pattern in patterns])
    found = []
    for way, alike in groups.items():
        first, *others = _variants(alike, stops)
        direction, fr, nl = way
        found.append(
            Direction(
                headsign=Name(fr=fr, nl=nl),
                direction=direction,
                stops=first.stops,
                trips=sum(pattern.trips for pattern in alike),
                variants=others,
                frequency=list(frequency.by_hour(ways.get(way, ()))),
            )
        )
    return sorted(found, key=lambda each: -each.trips)


def _way(pattern: Pattern) -> Way:
    return pattern.direction, pattern.headsign_fr, pattern.headsign_nl


def _variants(patterns: Iterable[Pattern], stops: Mapping[int, Sequence[StopPlace]]) -> list[Variant]:
    """Return each sequence of places once, that of most trips first."""
    trips: dict[tuple[int, ...], int] = {}
    places: dict[tuple[int, ...], Sequence[StopPlace]] = {}
    for pattern in patterns:
        key = tuple(place.id for place in stops[pattern.id])
        trips[key] = trips.get(key, 0) + pattern.trips
        places[key] = stops[pattern.id]
    return [
        Variant(stops=[_stop(place) for place in places[key]], trips=trips[key])
        for key in sorted(trips, key=lambda each: -trips[each])
    ]


def _stop(place: StopPlace) -> LineStop:
    return LineStop(id=f"{STOP_PREFIX}{place.slug}", name=Name(fr=place.name_fr, nl=place.name_nl))
