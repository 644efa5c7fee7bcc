"""Writes a packed feed into a dataset that is being built."""

from __future__ import annotations

from collections import Counter

from services.city.models.transport import (
    Line,
    Pattern,
    PatternStop,
    Platform,
    Route,
    ServiceDays,
    StopPlace,
    Timing,
    TransportFeed,
    Trip,
)
from services.city.places.writing import add_places
from services.city.transport.store import slugs_in_use
from services.feeds.gtfs import Feed
from services.importers.base import Version
from services.importers.timetable import network_rows, trip_rows
from services.importers.timetable.communes import Communes, StopCommune
from services.importers.timetable.index import Index
from services.importers.timetable.names import Names
from services.importers.timetable.places import give_slugs
from services.importers.timetable.trips import Timetable


def write_feed(version: Version, feed: Feed, names: Names, timetable: Timetable) -> None:
    """Write everything, parents before children, and count it in the version's report."""
    session, write = version.session, version.builder.write
    index = Index(version.id, feed, names)
    weights = _weights(index, timetable)
    communes = _communes(version, index)
    slugs = {first_id: commune.slug for first_id, commune in communes.items()}
    give_slugs(index.places, slugs, slugs_in_use(session, version.dataset.feed))

    write(TransportFeed, [_feed_row(version, feed, timetable)])
    write(StopPlace, network_rows.place_rows(index, weights, communes))
    write(Platform, network_rows.platform_rows(index))
    write(Line, network_rows.line_rows(index))
    write(Route, network_rows.route_rows(index))
    write(Pattern, trip_rows.pattern_rows(index, timetable))
    write(PatternStop, trip_rows.call_rows(index, timetable))
    write(Timing, trip_rows.timing_rows(index, timetable))
    write(ServiceDays, trip_rows.days_rows(index, timetable))
    trips = write(Trip, trip_rows.trip_rows(index, timetable))
    add_places(session, version.id, network_rows.places(index, names, weights, communes))
    version.report.counts = {
        "stops": len(index.places),
        "platforms": sum(not stop.is_station for stop, _ in index.platforms),
        "lines": len(index.lines),
        "trips": trips,
        "calls": feed.calls.rows,
    }


def _feed_row(version: Version, feed: Feed, timetable: Timetable) -> dict[str, object]:
    return {
        "dataset_id": version.id,
        "timezone": next(iter(feed.agencies.values())).timezone,
        "latest_s": timetable.latest_s,
        "publisher": feed.info.publisher[:200],
        "version": feed.info.version[:200],
    }


def _weights(index: Index, timetable: Timetable) -> Counter[int]:
    """Return how many runs call at each place."""
    weights: Counter[int] = Counter()
    for pattern in timetable.patterns:
        for place in {index.place_of(stop) for stop in pattern.stops}:
            weights[place] += pattern.runs
    return weights


def _communes(version: Version, index: Index) -> dict[str, StopCommune]:
    """Return the communes of places by their first id, where they are known."""
    communes = Communes(version.session)
    found = {place.first_id: communes.at(place.position) for place in index.places}
    return {first_id: commune for first_id, commune in found.items() if commune is not None}
