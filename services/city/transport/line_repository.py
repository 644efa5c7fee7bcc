"""SQL of the topic transport about lines; only datasets in use are seen."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.city.models.datasets import Dataset
from services.city.models.transport import Line, Pattern, PatternStop, StopPlace


def lines(session: Session, ids: Collection[int] | None = None) -> list[Line]:
    """Return all lines in the order in which to list them, or those of these ids."""
    query = select(Line).join(Dataset, Dataset.id == Line.dataset_id).where(Dataset.status == "active")
    if ids is not None:
        query = query.where(Line.id.in_(ids))
    return list(session.scalars(query.order_by(Line.dataset_id, Line.position)))


def patterns(session: Session, line_ids: Collection[int]) -> list[Pattern]:
    """Return the patterns of these lines, those of most trips first."""
    query = select(Pattern).where(Pattern.line_id.in_(line_ids))
    return list(session.scalars(query.order_by(Pattern.trips.desc(), Pattern.id)))


def stops_of(session: Session, pattern_ids: Collection[int]) -> dict[int, list[StopPlace]]:
    """Return the stop places of these patterns in order."""
    query = select(PatternStop.pattern_id, StopPlace).join(StopPlace, StopPlace.id == PatternStop.place_id)
    query = query.where(PatternStop.pattern_id.in_(pattern_ids))
    found: dict[int, list[StopPlace]] = {}
    for pattern, place in session.execute(query.order_by(PatternStop.pattern_id, PatternStop.position)):
        found.setdefault(pattern, []).append(place)
    return found


def origins(session: Session, line_id: int) -> list[int]:
    """Return the places at which trips of a line begin."""
    query = select(PatternStop.place_id).join(Pattern, Pattern.id == PatternStop.pattern_id)
    query = query.where(Pattern.line_id == line_id, PatternStop.position == 0).distinct()
    return list(session.scalars(query.order_by(PatternStop.place_id)))
