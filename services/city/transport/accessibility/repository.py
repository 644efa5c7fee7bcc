"""SQL about trips that take wheelchairs."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.city.models.transport import Pattern, Trip


def trips(session: Session, patterns: Collection[int]) -> dict[int, dict[int, int]]:
    """Return by line how many trips of these patterns say what of wheelchairs, as in GTFS: 0 unknown, 1 yes, 2 no."""
    query = select(Pattern.line_id, Trip.wheelchair, func.count()).join(Trip, Trip.pattern_id == Pattern.id)
    query = query.where(Pattern.id.in_(patterns)).group_by(Pattern.line_id, Trip.wheelchair)
    found: dict[int, dict[int, int]] = {}
    for line, wheelchair, count in session.execute(query):
        found.setdefault(line, {})[wheelchair] = count
    return found
