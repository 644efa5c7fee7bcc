"""The stops near a place, the shortest walk first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from kit.clock import Clock
from services.city.core.errors import CityError
from services.city.core.geo import spans
from services.city.core.schemas import Page, stated
from services.city.models.transport import StopPlace
from services.city.transport import repository, stops, words
from services.city.transport.journeys import walking
from services.city.transport.memory import Reading
from services.city.transport.nearest.schemas import NearStop
from services.city.transport.repository import Call
from services.city.transport.schemas import StopLine
from services.city.transport.selection import is_meant, line_not_found
from services.city.transport.wording import stop_lines, stop_ref

Point = tuple[float, float]


@dataclass(frozen=True)
class Wanted:
    """Which stops: those of a kind of line, of a line by its name or id, within a walk."""

    mode: str | None
    line: str | None
    max_walk_m: int

    def serves(self, line: StopLine) -> bool:
        """Tell whether a line is one that is wanted."""
        is_it = (
            self.line is None or line.id == self.line or words.line_key(line.short_name) == words.line_key(self.line)
        )
        return is_it and self.mode in {None, line.mode}


def nearest(
    reading: Reading, clock: Clock, point: Point | None, wanted: Wanted, *, limit: int, offset: int
) -> Page[NearStop]:
    """Return a page of the stops within a walk of a point from which something that is wanted leaves.

    Raises CityError ``place_required`` without a point, and NotFoundError ``line_not_found``.
    """
    known = reading.network.lines.values()
    if wanted.line is not None and not any(is_meant(line, wanted.line) for line in known):
        raise line_not_found(known, wanted.line)
    if point is None:
        raise CityError(HTTPStatus.UNPROCESSABLE_ENTITY, "place_required", "Give a place or a point to be near to.")
    walks = _walks(reading, point, wanted.max_walk_m)
    calls = repository.calls_at(reading.session, [place.id for _, places in walks for place in places])
    found = [
        near
        for walk_m, places in walks
        if (near := _near(reading, walk_m, places, [call for place in places for call in calls[place.id]], wanted))
    ]
    source, as_of = stated([feed.dataset for feed in reading.network.feeds.values()], clock.now())
    return Page[NearStop](
        items=found[offset : offset + limit],
        total=len(found),
        limit=limit,
        offset=offset,
        source=source,
        as_of=as_of,
        realtime=False,
    )


def _walks(reading: Reading, point: Point, max_walk_m: int) -> list[tuple[int, list[StopPlace]]]:
    """Return the stops within a walk, each as all feeds know it, with the metres to walk."""
    lat, lon = point
    lat_span, lon_span = spans(lat, max_walk_m / walking.DETOUR)
    around = repository.stop_places_in(
        reading.session, (lat - lat_span, lat + lat_span), (lon - lon_span, lon + lon_span)
    )
    found = []
    for place in stops.one_a_slug(around):
        walk_m = walking.metres(lat, lon, place.lat or 0, place.lon or 0)
        if walk_m <= max_walk_m:
            found.append((walk_m, [each for each in around if each.slug == place.slug]))
    return sorted(found, key=lambda each: (each[0], each[1][0].slug))


def _near(
    reading: Reading, walk_m: int, places: Sequence[StopPlace], calls: Sequence[Call], wanted: Wanted
) -> NearStop | None:
    lines = [line for line in stop_lines(calls, reading.network.lines) if wanted.serves(line)]
    if not lines:
        return None
    minutes = math.ceil(walking.seconds(walk_m) / 60)
    return NearStop(**dict(stop_ref(places[0])), lines=lines, walk_m=walk_m, walk_minutes=minutes)
