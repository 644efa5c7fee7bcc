"""SQL of the topic transport about stops and departures; only datasets in use are seen."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, ColumnElement, Integer, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from services.city.models.datasets import Dataset
from services.city.models.transport import (
    Pattern,
    PatternStop,
    Platform,
    ServiceDays,
    StopPlace,
    Timing,
    TransportFeed,
    Trip,
)
from services.city.transport import offsets
from services.city.transport.service_days import Span

_Query = TypeVar("_Query", bound="Select[*tuple[Any, ...]]")

#: A pattern, and the position of a call in it.
CallKey = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Call:
    """A call at a stop from which one may leave; the headsign is the call's own, else the pattern's."""

    dataset_id: int
    key: CallKey
    line_id: int
    headsign: tuple[str, str]  # fr, nl
    platform: str | None
    trips: int
    stop_id: str  # the platform's, as the feed has it


@dataclass(frozen=True, slots=True)
class Run:
    """A trip as it leaves one call on a service day."""

    call: CallKey
    day: date
    row: int
    trip_id: str
    start_s: int
    departs_s: int
    headway_s: int | None
    wheelchair: int


@dataclass(frozen=True)
class Feed:
    """A feed in use."""

    dataset: Dataset
    zone: ZoneInfo
    latest_s: int

    def covers(self, day: date) -> bool:
        """Tell whether the timetable speaks of a service day."""
        first, last = self.dataset.valid_from, self.dataset.valid_until
        return (first is None or first <= day) and (last is None or day <= last)


def feeds(session: Session, ids: Collection[int] | None = None) -> dict[int, Feed]:
    """Return the feeds in use by dataset, or those of them."""
    query = select(Dataset, TransportFeed).join(TransportFeed, TransportFeed.dataset_id == Dataset.id)
    query = query.where(Dataset.status == "active").order_by(Dataset.id)
    if ids is not None:
        query = query.where(Dataset.id.in_(ids))
    return {
        dataset.id: Feed(dataset, ZoneInfo(feed.timezone), feed.latest_s) for dataset, feed in session.execute(query)
    }


def stop_places(session: Session, slug: str) -> list[StopPlace]:
    """Return the stop place of a slug, from each feed that has it."""
    query = _in_use(select(StopPlace).where(StopPlace.slug == slug), StopPlace.dataset_id)
    return list(session.scalars(query.order_by(StopPlace.weight.desc(), StopPlace.id)))


def slug_of_platform(session: Session, stop_id: str) -> str | None:
    """Return the slug of the place that a feed's own stop id belongs to."""
    query = select(StopPlace.slug).join(Platform, Platform.place_id == StopPlace.id).where(Platform.stop_id == stop_id)
    return session.scalar(_in_use(query, Platform.dataset_id).order_by(StopPlace.id).limit(1))


def all_stop_places(session: Session) -> list[StopPlace]:
    """Return every stop place, the busiest first."""
    query = _in_use(select(StopPlace), StopPlace.dataset_id)
    return list(session.scalars(query.order_by(StopPlace.weight.desc(), StopPlace.id)))


def stop_places_in(
    session: Session, between_lat: tuple[float, float], between_lon: tuple[float, float]
) -> list[StopPlace]:
    """Return the stop places in a box, the busiest first."""
    query = select(StopPlace).where(StopPlace.lat.between(*between_lat), StopPlace.lon.between(*between_lon))
    return list(session.scalars(_in_use(query, StopPlace.dataset_id).order_by(StopPlace.weight.desc(), StopPlace.id)))


def platforms(session: Session, places: Collection[int]) -> list[Platform]:
    """Return the platforms of these places at which any trip calls; a station as a whole is none."""
    called_at = select(PatternStop.pattern_id).where(PatternStop.platform_id == Platform.id).exists()
    query = select(Platform).where(Platform.place_id.in_(places), called_at)
    return list(session.scalars(query.order_by(Platform.stop_id)))


def calls_at(session: Session, places: Collection[int]) -> dict[int, list[Call]]:
    """Return the calls from which one may leave, by place."""
    columns = (
        PatternStop.place_id,
        PatternStop.pattern_id,
        PatternStop.position,
        Pattern.dataset_id,
        Pattern.line_id,
        func.coalesce(PatternStop.headsign_fr, Pattern.headsign_fr),
        func.coalesce(PatternStop.headsign_nl, Pattern.headsign_nl),
        Platform.platform,
        Pattern.trips,
        Platform.stop_id,
    )
    query = select(*columns).join(Pattern, Pattern.id == PatternStop.pattern_id)
    query = query.join(Platform, Platform.id == PatternStop.platform_id).where(_boards_at(PatternStop, places))
    found: dict[int, list[Call]] = {place: [] for place in places}
    for place, pattern, position, dataset, line, fr, nl, platform, trips, stop_id in session.execute(query):
        found[place].append(Call(dataset, (pattern, position), line, (fr, nl), platform, trips, stop_id))
    return found


def places_after(session: Session, places: Collection[int]) -> Iterator[tuple[CallKey, str, str]]:
    """Yield each call at these places with the folded names of every stop at which one may get off later."""
    here, later = aliased(PatternStop), aliased(PatternStop)
    query = select(here.pattern_id, here.position, StopPlace.folded_fr, StopPlace.folded_nl)
    query = query.join(
        later, and_(later.pattern_id == here.pattern_id, later.position > here.position, later.alights)
    ).join(StopPlace, StopPlace.id == later.place_id)
    query = query.where(_boards_at(here, places), later.place_id != here.place_id)
    for pattern, position, fr, nl in session.execute(query):
        yield (pattern, position), fr, nl


def runs(session: Session, places: Collection[int], patterns: Collection[int], span: Span) -> Iterator[Run]:
    """Yield what leaves these places by these patterns in a span of a service day."""
    asked = {
        "places": list(places),
        "patterns": list(patterns),
        "first_s": span.first_s,
        "end_s": span.end_s,
        "day": span.day.toordinal(),
    }
    for row in session.connection().execute(_RUNS, asked):
        pattern, position, trip, trip_id, start_s, stored, headway_s, wheelchair = row
        departs_s = start_s + offsets.unpack(stored)[0]
        if span.first_s <= departs_s < span.end_s:
            yield Run((pattern, position), span.day, trip, trip_id, start_s, departs_s, headway_s, wheelchair)


def stop_ids(session: Session, pattern: int) -> list[str]:
    """Return the feed's ids of the stops of a pattern, in order."""
    query = select(Platform.stop_id).join(PatternStop, PatternStop.platform_id == Platform.id)
    return list(session.scalars(query.where(PatternStop.pattern_id == pattern).order_by(PatternStop.position)))


def offsets_of(session: Session, trip: int) -> tuple[int, ...]:
    """Return the seconds from a trip's start to each of its departures."""
    query = select(Timing.offsets).join(Trip, Trip.timing_id == Timing.id).where(Trip.id == trip)
    return offsets.unpack(session.scalars(query).one())


def stop_ids_of_places(session: Session, places: Collection[int]) -> list[str]:
    """Return the feed's ids of all platforms of these places."""
    return list(session.scalars(select(Platform.stop_id).where(Platform.place_id.in_(places))))


def places_of(session: Session, stop_ids: Collection[str], slugs: Collection[str]) -> list[tuple[str, str, str]]:
    """Return slug and names of the places that have one of these platforms or slugs, each once, by name."""
    query = select(StopPlace.slug, StopPlace.name_fr, StopPlace.name_nl).distinct()
    of_platform = select(Platform.place_id).where(Platform.stop_id.in_(stop_ids))
    query = query.where(or_(StopPlace.slug.in_(slugs), StopPlace.id.in_(of_platform)))
    rows = session.execute(_in_use(query, StopPlace.dataset_id))
    by_slug = {slug: (slug, fr, nl) for slug, fr, nl in rows}
    return sorted(by_slug.values(), key=lambda each: each[1])


def stop_names(session: Session, dataset_id: int, stop_id: str) -> tuple[str, str] | None:
    """Return the names (fr, nl) of the place that a feed's stop belongs to."""
    query = select(StopPlace.name_fr, StopPlace.name_nl).join(Platform, Platform.place_id == StopPlace.id)
    row = session.execute(query.where(Platform.dataset_id == dataset_id, Platform.stop_id == stop_id)).first()
    return (row[0], row[1]) if row else None


def service_days(session: Session, patterns: Collection[int], since: date, most: int) -> list[date]:
    """Return the first days, from a day on, on which any trip of these patterns runs."""
    services = select(Trip.service_id).where(Trip.pattern_id.in_(patterns)).distinct()
    query = select(ServiceDays.first_day, ServiceDays.days)
    query = query.where(ServiceDays.id.in_(services), ServiceDays.last_day >= since.toordinal())
    found: set[int] = set()
    for first_day, days in session.execute(query):
        at = days.find("1", max(since.toordinal() - first_day, 0))
        taken = 0
        while at >= 0 and taken < most:
            found.add(first_day + at)
            taken += 1
            at = days.find("1", at + 1)
    return [date.fromordinal(ordinal) for ordinal in sorted(found)[:most]]


def _boards_at(call: Any, places: Collection[int] | BindParameter[Any]) -> ColumnElement[bool]:
    return and_(call.place_id.in_(places), call.boards.is_(True))


def _in_use(query: _Query, dataset_id: InstrumentedAttribute[int]) -> _Query:
    return query.join(Dataset, Dataset.id == dataset_id).where(Dataset.status == "active")


_DAY: Final = bindparam("day", type_=Integer)

#: Made once: this is what boards ask for most, and to make it takes as long as to run it.
_RUNS: Final = (
    select(
        PatternStop.pattern_id,
        PatternStop.position,
        Trip.id,
        Trip.trip_id,
        Trip.start_s,
        func.substr(Timing.offsets, PatternStop.position * offsets.SIZE + 1, offsets.SIZE),
        Trip.headway_s,
        Trip.wheelchair,
    )
    .join(Trip, Trip.pattern_id == PatternStop.pattern_id)
    .join(Timing, Timing.id == Trip.timing_id)
    .join(ServiceDays, ServiceDays.id == Trip.service_id)
    .where(
        _boards_at(PatternStop, bindparam("places", expanding=True)),
        PatternStop.pattern_id.in_(bindparam("patterns", expanding=True)),
        Trip.start_s >= bindparam("first_s", type_=Integer) - PatternStop.latest_s,
        Trip.start_s < bindparam("end_s", type_=Integer) - PatternStop.earliest_s,
        ServiceDays.first_day <= _DAY,
        ServiceDays.last_day >= _DAY,
        func.substr(ServiceDays.days, _DAY - ServiceDays.first_day + 1, 1) == "1",
    )
)
