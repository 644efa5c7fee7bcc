"""All SQL of bike share; only datasets in use are seen."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.city.core import datasets
from services.city.models.bikes import BikeStation
from services.city.models.datasets import Dataset


def stations(session: Session) -> tuple[list[BikeStation], dict[int, Dataset]]:
    """Return every station of every system, by name, and the datasets that they come from."""
    in_use = {dataset.id: dataset for dataset in datasets.active(session, "bikes")}
    query = select(BikeStation).where(BikeStation.dataset_id.in_(in_use))
    return list(session.scalars(query.order_by(BikeStation.name_fr, BikeStation.id))) if in_use else [], in_use
