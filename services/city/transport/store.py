"""How the importer writes a timetable: ids of its own, rows in batches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from services.city.models.base import Base
from services.city.models.datasets import Dataset
from services.city.models.transport import StopPlace

_BATCH: Final = 5_000
_BITS: Final = 32


def key(dataset_id: int, number: int) -> int:
    """Return the id of a dataset's ``number``-th row (from 0) of any one table."""
    return dataset_id << _BITS | number


def write(session: Session, table: type[Base], rows: Iterable[Mapping[str, Any]]) -> int:
    """Insert rows as they come, some thousands at a time; return how many there were."""
    count = 0
    remaining = iter(rows)
    while batch := [dict(row) for row in islice(remaining, _BATCH)]:
        session.execute(insert(table), batch)
        count += len(batch)
    return count


def slugs_in_use(session: Session, except_feed: str) -> dict[str, tuple[float | None, float | None]]:
    """Return where the stop places of the other feeds in use lie, by slug."""
    query = select(StopPlace.slug, StopPlace.lat, StopPlace.lon).join(Dataset, Dataset.id == StopPlace.dataset_id)
    query = query.where(Dataset.status == "active", Dataset.feed != except_feed)
    return {slug: (lat, lon) for slug, lat, lon in session.execute(query)}
