"""Which stops are within a walk of each other."""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely

from services.city.core import geo
from services.city.transport.journeys import walking
from services.city.transport.journeys.arrays import Longs, Walks
from services.city.transport.journeys.labels import BITS
from services.city.transport.journeys.network import Stops

#: Room for what a flat map gets wrong over such distances.
_MARGIN: Final = 1.02


def footpaths(stops: Stops) -> Walks:
    """Return the walks of at most ``walking.BETWEEN_STOPS_M`` between stops, and those within a place that has no
    coordinates, of which nobody knows the length."""
    origin, target = _near(stops)
    walk_m = walking.between(stops.lat[origin], stops.lon[origin], stops.lat[target], stops.lon[target])
    close = walk_m <= walking.BETWEEN_STOPS_M
    lost_from, lost_to = _lost(stops)
    origin, target = np.append(origin[close], lost_from), np.append(target[close], lost_to)
    walk_m = np.append(walk_m[close], np.zeros(len(lost_from))).astype(np.int64)
    order = np.lexsort((target, origin))
    walk_s = np.ceil(walk_m[order] * 60 / walking.METRES_PER_MINUTE).astype(np.int64)
    first = np.searchsorted(origin[order], np.arange(len(stops.ids) + 1))
    return Walks(first.astype(np.int64), target[order].astype(np.int32), walk_s << BITS | walk_m[order])


def _near(stops: Stops) -> tuple[Longs, Longs]:
    """Return pairs of different stops that may be near enough, each way."""
    somewhere = np.flatnonzero(~np.isnan(stops.lat))
    if not len(somewhere):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    lat, lon = stops.lat[somewhere], stops.lon[somewhere]
    # A flat map in metres, whose degrees of longitude are those of its end nearest to a pole: too near, never too far.
    metre_lat, metre_lon = geo.spans(float(np.abs(lat).max()), 1.0)
    points = shapely.points(lon / metre_lon, lat / metre_lat)
    reach = _MARGIN * walking.BETWEEN_STOPS_M / walking.DETOUR
    first, second = shapely.STRtree(points).query(points, predicate="dwithin", distance=reach)
    different = first != second
    return somewhere[first[different]], somewhere[second[different]]


def _lost(stops: Stops) -> tuple[list[int], list[int]]:
    """Return pairs of stops of one place that lie nowhere, each way."""
    by_place: dict[int, list[int]] = {}
    for stop in np.flatnonzero(np.isnan(stops.lat)).tolist():
        by_place.setdefault(int(stops.places[stop]), []).append(stop)
    pairs = [(one, other) for alike in by_place.values() for one in alike for other in alike if one != other]
    return [one for one, _ in pairs], [other for _, other in pairs]


def reached(stops: Stops, lat: float, lon: float, most_m: int) -> list[tuple[int, int]]:
    """Return the stops within a walk of a point with the metres to each, nearest first."""
    walk_m = walking.between(np.float64(lat), np.float64(lon), stops.lat, stops.lon)
    near = np.flatnonzero(walk_m <= most_m)
    near = near[np.argsort(walk_m[near], kind="stable")]
    return list(zip(near.tolist(), walk_m[near].astype(int).tolist(), strict=True))
