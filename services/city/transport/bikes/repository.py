"""All SQL of bike share; only datasets in use are seen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.city.core import datasets, feed_states
from services.city.models.bikes import BikeStation
from services.city.models.datasets import Dataset


def confirmed_at(session: Session, in_use: dict[int, Dataset]) -> dict[int, datetime]:
    """Return, by dataset, since when its figures are known to hold: a system may say that nothing changed."""
    said = feed_states.confirmed(session, [dataset.feed for dataset in in_use.values() if not dataset.sample])
    found = {}
    for dataset in in_use.values():
        imported_at = feed_states.aware(dataset.imported_at) or dataset.imported_at
        found[dataset.id] = max(imported_at, said.get(dataset.feed, imported_at))
    return found


def stations(session: Session) -> tuple[list[BikeStation], dict[int, Dataset]]:
    """Return every station of every system, by name, and the datasets that they come from."""
    in_use = {dataset.id: dataset for dataset in datasets.active(session, "bikes")}
    query = select(BikeStation).where(BikeStation.dataset_id.in_(in_use))
    return list(session.scalars(query.order_by(BikeStation.name_fr, BikeStation.id))) if in_use else [], in_use
