"""What the importer of timetables needs of the topic: ids of its own making, and the slugs that are taken."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.city.models.datasets import Dataset
from services.city.models.transport import StopPlace

_BITS: Final = 32


def key(dataset_id: int, number: int) -> int:
    """Return the id of a dataset's ``number``-th row (from 0) of any one table."""
    return dataset_id << _BITS | number


def slugs_in_use(session: Session, except_feed: str) -> dict[str, tuple[float | None, float | None]]:
    """Return where the stop places of the other feeds in use lie, by slug."""
    query = select(StopPlace.slug, StopPlace.lat, StopPlace.lon).join(Dataset, Dataset.id == StopPlace.dataset_id)
    query = query.where(Dataset.status == "active", Dataset.feed != except_feed)
    return {slug: (lat, lon) for slug, lat, lon in session.execute(query)}
