"""SQL of the topic transport about stops and departures; only datasets in use are seen."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, func, select
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


@dataclass(frozen=True)
class Call:
    """A call at a stop from which one may leave; the headsign is the call's own, else the pattern's."""

    dataset_id: int
    key: CallKey
    line_id: int
    headsign: tuple[str, str]  # fr, nl
    platform: str | None
    trips: int


@dataclass(frozen=True)
class Run:
    """A trip as it leaves one call on a service day."""

    call: CallKey
    day: date
    row: int
    trip_id: str
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
    )
    query = select(*columns).join(Pattern, Pattern.id == PatternStop.pattern_id)
    query = query.join(Platform, Platform.id == PatternStop.platform_id).where(_boards_at(PatternStop, places))
    found: dict[int, list[Call]] = {place: [] for place in places}
    for place, pattern, position, dataset, line, fr, nl, platform, trips in session.execute(query):
        found[place].append(Call(dataset, (pattern, position), line, (fr, nl), platform, trips))
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
    columns = (
        PatternStop.pattern_id,
        PatternStop.position,
        Trip.id,
        Trip.trip_id,
        Trip.start_s,
        func.substr(Timing.offsets, PatternStop.position * offsets.SIZE + 1, offsets.SIZE),
        Trip.headway_s,
        Trip.wheelchair,
    )
    query = (
        select(*columns)
        .join(Trip, Trip.pattern_id == PatternStop.pattern_id)
        .join(Timing, Timing.id == Trip.timing_id)
        .join(ServiceDays, ServiceDays.id == Trip.service_id)
        .where(
            _boards_at(PatternStop, places),
            PatternStop.pattern_id.in_(patterns),
            Trip.start_s >= span.first_s - PatternStop.latest_s,
            Trip.start_s < span.end_s - PatternStop.earliest_s,
            _runs_on(span.day),
        )
    )
    for pattern, position, row, trip_id, start_s, stored, headway_s, wheelchair in session.execute(query):
        departs_s = start_s + offsets.unpack(stored)[0]
        if span.first_s <= departs_s < span.end_s:
            yield Run((pattern, position), span.day, row, trip_id, departs_s, headway_s, wheelchair)


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


def _boards_at(call: Any, places: Collection[int]) -> ColumnElement[bool]:
    return and_(call.place_id.in_(places), call.boards.is_(True))


def _runs_on(day: date) -> ColumnElement[bool]:
    ordinal = day.toordinal()
    return and_(
        ServiceDays.first_day <= ordinal,
        ServiceDays.last_day >= ordinal,
        func.substr(ServiceDays.days, ordinal - ServiceDays.first_day + 1, 1) == "1",
    )


def _in_use(query: _Query, dataset_id: InstrumentedAttribute[int]) -> _Query:
    return query.join(Dataset, Dataset.id == dataset_id).where(Dataset.status == "active")
