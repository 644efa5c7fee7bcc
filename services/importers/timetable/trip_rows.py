"""Rows of a packed timetable: patterns, their calls, timings, days and trips."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.importers.timetable.index import Index
from services.importers.timetable.trips import Pattern, Timetable

_Row = dict[str, Any]


def pattern_rows(index: Index, timetable: Timetable) -> Iterator[_Row]:
    """Yield the patterns; one that does not say where it goes goes to its last stop."""
    for number, pattern in enumerate(timetable.patterns):
        route, line = index.route_of(pattern.route)
        headsign = pattern.headsign or index.places[index.place_of(pattern.stops[-1])].name
        yield {
            "id": index.key(number),
            "dataset_id": index.dataset_id,
            "line_id": index.key(line),
            "route_id": index.key(route),
            "direction": pattern.direction,
            "headsign_fr": headsign.fr[:200],
            "headsign_nl": headsign.nl[:200],
            "trips": pattern.runs,
        }


def call_rows(index: Index, timetable: Timetable) -> Iterator[_Row]:
    """Yield the calls of each pattern, in order."""
    for number, pattern in enumerate(timetable.patterns):
        places = [index.place_of(stop) for stop in pattern.stops]
        for position, place in enumerate(places):
            own = pattern.headsigns[position]
            yield {
                "pattern_id": index.key(number),
                "position": position,
                "place_id": index.key(place),
                "platform_id": index.key(index.platform_of(pattern.stops[position])),
                "boards": pattern.picks_up(position) and _leads_on(pattern, places, position),
                "alights": pattern.sets_down(position),
                "headsign_fr": own.fr[:200] if own else None,
                "headsign_nl": own.nl[:200] if own else None,
                "earliest_s": pattern.earliest[position],
                "latest_s": pattern.latest[position],
            }


def timing_rows(index: Index, timetable: Timetable) -> Iterator[_Row]:
    """Yield the timings."""
    for number, (pattern, packed) in enumerate(timetable.timings):
        yield {"id": index.key(number), "pattern_id": index.key(pattern), "offsets": packed}


def days_rows(index: Index, timetable: Timetable) -> Iterator[_Row]:
    """Yield the days on which trips run."""
    for number, (first, written) in enumerate(timetable.days):
        yield {
            "id": index.key(number),
            "dataset_id": index.dataset_id,
            "first_day": first.toordinal(),
            "last_day": first.toordinal() + len(written) - 1,
            "days": written,
        }


def trip_rows(index: Index, timetable: Timetable) -> Iterator[_Row]:
    """Yield the trips, a row a run."""
    for number, run in enumerate(timetable.runs):
        yield {
            "id": index.key(number),
            "pattern_id": index.key(run.pattern),
            "timing_id": index.key(run.timing),
            "service_id": index.key(run.days),
            "start_s": run.start_s,
            "trip_id": run.trip[:200],
            "headway_s": run.headway_s,
            "wheelchair": run.wheelchair,
        }


def _leads_on(pattern: Pattern, places: list[int], position: int) -> bool:
    """Tell whether one can get off somewhere else later; at the last platform of a terminus one cannot."""
    return any(
        pattern.sets_down(later) and places[later] != places[position] for later in range(position + 1, len(places))
    )
