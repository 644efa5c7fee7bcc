"""Reads the timetables in use from the database into a network."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from services.city.transport import offsets
from services.city.transport import repository as feeds_repository
from services.city.transport.journeys import repository
from services.city.transport.journeys.arrays import Longs
from services.city.transport.journeys.footpaths import footpaths
from services.city.transport.journeys.network import Network, Patterns, Service, Stops, Trips

_PLATFORM: Final = [("id", "i8"), ("place", "i8"), ("lat", "f8"), ("lon", "f8"), ("access", "u1")]
_CALL: Final = [("pattern", "i8"), ("platform", "i8"), ("boards", "?"), ("alights", "?")]
_TRIP: Final = [
    ("id", "i8"),
    ("pattern", "i8"),
    ("timing", "i8"),
    ("service", "i8"),
    ("start", "i4"),
    ("headway", "i4"),
    ("access", "u1"),
]


def load(session: Session) -> Network:
    """Return the network of the feeds in use."""
    feeds = tuple(feeds_repository.feeds(session).values())
    calls = _table(repository.calls(session), _CALL)
    stops = _stops(session, calls["platform"])
    patterns = _patterns(session, calls, stops)
    feed_of = {feed.dataset.id: number for number, feed in enumerate(feeds)}
    services = list(repository.services(session))
    trips = _trips(session, patterns, np.array([row[0] for row in services], np.int64))
    return Network(
        feeds=feeds,
        services=tuple(Service(feed_of[dataset], first_day, days) for _, dataset, first_day, days in services),
        stops=stops,
        patterns=patterns,
        trips=trips,
        walks=footpaths(stops),
    )


def _table(rows: Iterable[Any], columns: list[tuple[str, str]]) -> NDArray[Any]:
    return np.fromiter((tuple(row) for row in rows), np.dtype(columns))


def _stops(session: Session, called_at: Longs) -> Stops:
    rows = (
        (row_id, place, np.nan if lat is None else lat, np.nan if lon is None else lon, access)
        for row_id, place, lat, lon, access in repository.platforms(session)
    )
    table = _table(rows, _PLATFORM)
    table = table[np.isin(table["id"], called_at)]
    return Stops(*(np.ascontiguousarray(table[name]) for name, _ in _PLATFORM))


def _patterns(session: Session, calls: NDArray[Any], stops: Stops) -> Patterns:
    rows = list(repository.patterns(session))
    ids = np.array([row[0] for row in rows], np.int64)
    first = np.searchsorted(calls["pattern"], ids)
    return Patterns(
        ids=ids,
        lines=np.array([row[1] for row in rows], np.int64),
        modes=np.array([sys.intern(row[2]) for row in rows], object),
        first_call=np.append(first, len(calls)).astype(np.int32),
        stop_of=np.searchsorted(stops.ids, calls["platform"]).astype(np.int32),
        boards=np.ascontiguousarray(calls["boards"]),
        alights=np.ascontiguousarray(calls["alights"]),
    )


def _trips(session: Session, patterns: Patterns, service_ids: Longs) -> Trips:
    stored = list(repository.timings(session))
    timing_ids = np.array([row[0] for row in stored], np.int64)
    ends = np.cumsum([len(row[1]) // offsets.SIZE for row in stored], dtype=np.int64)
    first_offset = np.concatenate((np.zeros(1, np.int64), ends))
    table = _table(repository.trips(session), _TRIP)
    return Trips(
        ids=np.ascontiguousarray(table["id"]),
        pattern=np.searchsorted(patterns.ids, table["pattern"]).astype(np.int32),
        service=np.searchsorted(service_ids, table["service"]).astype(np.int32),
        start_s=np.ascontiguousarray(table["start"]),
        headway_s=np.ascontiguousarray(table["headway"]),
        access=np.ascontiguousarray(table["access"]),
        first_offset=first_offset[np.searchsorted(timing_ids, table["timing"])],
        offsets=np.frombuffer(b"".join(row[1] for row in stored), "<i4").astype(np.int32),
    )
