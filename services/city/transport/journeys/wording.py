"""Paths as they stand in answers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from services.city.core.schemas import Name
from services.city.transport.journeys import walking
from services.city.transport.journeys.ends import End
from services.city.transport.journeys.facts import Facts
from services.city.transport.journeys.raptor import Path, Ride
from services.city.transport.journeys.schemas import Journey, JourneyPlace, PassedStop, RideLeg, WalkLeg
from services.city.transport.wording import line_ref


def journey(facts: Facts, path: Path, stations: Sequence[End]) -> Journey:
    """Return a path with its legs between two or three places."""
    legs = list(_legs(facts, path, stations))
    return Journey(
        departure=_local(facts, path.departs_s),
        arrival=_local(facts, path.arrives_s),
        duration_minutes=_minutes(path.arrives_s - path.departs_s),
        transfers=max(0, len(path.rides) - 1),
        walk_m=path.walk_m,
        step_free=_all(leg.step_free for leg in legs if isinstance(leg, RideLeg)) if path.rides else None,
        legs=legs,
    )


def end_place(end: End) -> JourneyPlace:
    """Return an end of a journey as answers refer to it."""
    return JourneyPlace(
        id=end.id,
        kind=end.kind,
        name=Name(fr=end.name[0], nl=end.name[1]),
        house_number=end.house_number,
        lat=end.lat,
        lon=end.lon,
    )


def _legs(facts: Facts, path: Path, stations: Sequence[End]) -> Iterator[WalkLeg | RideLeg]:
    for number, walk_m in enumerate(path.walks_m):
        before = path.rides[number - 1] if number > 0 else None
        after = path.rides[number] if number < len(path.rides) else None
        start = _stop(facts, before.to_stop) if before else end_place(stations[0])
        end = _stop(facts, after.from_stop) if after else end_place(stations[-1])
        since_s = before.times_s[-1] if before else path.departs_s
        until_s = after.times_s[0] if after else path.arrives_s
        if path.via is not None and path.via[0] == number:
            via, first_m = end_place(stations[1]), path.via[1]
            yield from _walk(facts, start, via, since_s, first_m)
            yield from _walk(facts, via, end, until_s - walking.seconds(walk_m - first_m), walk_m - first_m)
        else:
            yield from _walk(facts, start, end, since_s, walk_m)
        if after:
            yield _ride(facts, after)


def _walk(facts: Facts, start: JourneyPlace, end: JourneyPlace, departs_s: int, walk_m: int) -> Iterator[WalkLeg]:
    if walk_m:
        takes_s = walking.seconds(walk_m)
        yield WalkLeg(
            start=start,
            end=end,
            departure=_local(facts, departs_s),
            arrival=_local(facts, departs_s + takes_s),
            minutes=_minutes(takes_s),
            walk_m=walk_m,
        )


def _ride(facts: Facts, ride: Ride) -> RideLeg:
    search = facts.search
    fr, nl = facts.headsign(ride)
    headway_s = int(search.network.trips.headway_s[search.trip(ride)])
    between = zip(search.stops_of(ride), ride.times_s, strict=True)
    return RideLeg(
        line=line_ref(facts.line(ride)),
        headsign=Name(fr=fr, nl=nl),
        start=_stop(facts, ride.from_stop),
        end=_stop(facts, ride.to_stop),
        departure=_local(facts, ride.times_s[0]),
        arrival=_local(facts, ride.times_s[-1]),
        minutes=_minutes(ride.times_s[-1] - ride.times_s[0]),
        stops=[_passed(facts, stop, at_s) for stop, at_s in list(between)[1:-1]],
        stop_count=ride.left - ride.boarded,
        trip_id=facts.trip_id(ride),
        service_day=date.fromordinal(int(search.window.service_day[ride.trip])),
        headway_minutes=max(1, round(headway_s / 60)) if headway_s else None,
        step_free=_all(_access(facts, ride)),
    )


def _passed(facts: Facts, stop: int, at_s: int) -> PassedStop:
    place = facts.place(stop)
    return PassedStop(id=f"stop:{place.slug}", name=Name(fr=place.name_fr, nl=place.name_nl), at=_local(facts, at_s))


def _stop(facts: Facts, stop: int) -> JourneyPlace:
    place, platform = facts.place(stop), facts.platform(stop)
    return JourneyPlace(
        id=f"stop:{place.slug}",
        kind="stop",
        name=Name(fr=place.name_fr, nl=place.name_nl),
        platform=platform.platform,
        lat=place.lat if platform.lat is None else platform.lat,
        lon=place.lon if platform.lon is None else platform.lon,
    )


def _access(facts: Facts, ride: Ride) -> Iterator[bool | None]:
    network = facts.search.network
    for value in (
        network.stops.access[ride.from_stop],
        network.trips.access[facts.search.trip(ride)],
        network.stops.access[ride.to_stop],
    ):
        yield {1: True, 2: False}.get(int(value))


def _all(values: Iterable[bool | None]) -> bool | None:
    """Return False where one is, else None where one is not known."""
    known = set(values)
    return False if False in known else None if None in known else True


def _minutes(seconds: int) -> int:
    return math.ceil(seconds / 60)


def _local(facts: Facts, at_s: int) -> datetime:
    return facts.search.window.instant(at_s).astimezone(facts.search.network.zone)
