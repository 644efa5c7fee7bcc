"""SQL of journeys: whole tables of the feeds in use for the search, and single rows for the answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from services.city.models.datasets import Dataset
from services.city.models.transport import (
    Line,
    Pattern,
    PatternStop,
    Platform,
    ServiceDays,
    StopPlace,
    Timing,
    Trip,
)

_Query = TypeVar("_Query", bound="Select[*tuple[Any, ...]]")
_Rows = Iterable[Row[*tuple[Any, ...]]]
_AT_A_TIME = 20_000


def platforms(session: Session) -> _Rows:
    """Return (id, place, lat, lon, wheelchair) of every platform; where it lies nowhere, where its place lies."""
    columns = (
        Platform.id,
        Platform.place_id,
        func.coalesce(Platform.lat, StopPlace.lat),
        func.coalesce(Platform.lon, StopPlace.lon),
        Platform.wheelchair,
    )
    query = select(*columns).join(StopPlace, StopPlace.id == Platform.place_id)
    return session.execute(_in_use(query, Platform.dataset_id).order_by(Platform.id))


def patterns(session: Session) -> _Rows:
    """Return (id, line, mode) of every pattern, in order."""
    query = select(Pattern.id, Pattern.line_id, Line.mode).join(Line, Line.id == Pattern.line_id)
    return session.execute(_in_use(query, Pattern.dataset_id).order_by(Pattern.id))


def calls(session: Session) -> _Rows:
    """Return (pattern, platform, boards, alights) of every call, pattern by pattern, in order."""
    columns = (PatternStop.pattern_id, PatternStop.platform_id, PatternStop.boards, PatternStop.alights)
    query = select(*columns).join(Pattern, Pattern.id == PatternStop.pattern_id)
    return _whole(session, _in_use(query, Pattern.dataset_id).order_by(PatternStop.pattern_id, PatternStop.position))


def timings(session: Session) -> _Rows:
    """Return (id, offsets) of every timing, in order."""
    query = select(Timing.id, Timing.offsets).join(Pattern, Pattern.id == Timing.pattern_id)
    return _whole(session, _in_use(query, Pattern.dataset_id).order_by(Timing.id))


def services(session: Session) -> _Rows:
    """Return (id, dataset, first day, days) of the days of service, in order."""
    query = select(ServiceDays.id, ServiceDays.dataset_id, ServiceDays.first_day, ServiceDays.days)
    return session.execute(_in_use(query, ServiceDays.dataset_id).order_by(ServiceDays.id))


def trips(session: Session) -> _Rows:
    """Return (id, pattern, timing, service, start, headway or 0, wheelchair) of every trip, by pattern and start."""
    columns = (
        Trip.id,
        Trip.pattern_id,
        Trip.timing_id,
        Trip.service_id,
        Trip.start_s,
        func.coalesce(Trip.headway_s, 0),
        Trip.wheelchair,
    )
    query = select(*columns).join(Pattern, Pattern.id == Trip.pattern_id)
    return _whole(session, _in_use(query, Pattern.dataset_id).order_by(Trip.pattern_id, Trip.start_s, Trip.id))


def places_of(session: Session, ids: Collection[int]) -> dict[int, StopPlace]:
    """Return stop places by their row's id."""
    return {place.id: place for place in session.scalars(select(StopPlace).where(StopPlace.id.in_(ids)))}


def platforms_of(session: Session, ids: Collection[int]) -> dict[int, Platform]:
    """Return platforms by their row's id."""
    return {platform.id: platform for platform in session.scalars(select(Platform).where(Platform.id.in_(ids)))}


def lines_of(session: Session, ids: Collection[int]) -> dict[int, Line]:
    """Return lines by their row's id."""
    return {line.id: line for line in session.scalars(select(Line).where(Line.id.in_(ids)))}


def trip_ids(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Return the feeds' own trip ids by the row's id."""
    return dict(session.execute(select(Trip.id, Trip.trip_id).where(Trip.id.in_(ids))).all())


def headsigns(session: Session, patterns: Collection[int]) -> dict[tuple[int, int], tuple[str, str]]:
    """Return the headsign (fr, nl) of each call of some patterns, by pattern and position."""
    query = select(
        PatternStop.pattern_id,
        PatternStop.position,
        func.coalesce(PatternStop.headsign_fr, Pattern.headsign_fr),
        func.coalesce(PatternStop.headsign_nl, Pattern.headsign_nl),
    ).join(Pattern, Pattern.id == PatternStop.pattern_id)
    rows = session.execute(query.where(PatternStop.pattern_id.in_(patterns)))
    return {(pattern, position): (fr, nl) for pattern, position, fr, nl in rows}


def _whole(session: Session, query: _Query) -> _Rows:
    return session.execute(query.execution_options(yield_per=_AT_A_TIME))


def _in_use(query: _Query, dataset_id: InstrumentedAttribute[int]) -> _Query:
    return query.join(Dataset, Dataset.id == dataset_id).where(Dataset.status == "active")
