"""All SQL of the topic waste; only datasets in use are seen."""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.city.models.datasets import Dataset
from services.city.models.waste import WasteCalendar, WasteHoliday, WastePart
from services.city.models.waste_guide import WasteDocument, WastePoint
from services.city.waste.holidays import Holiday, Holidays
from services.city.waste.rounds import Round

_ROUNDS: Final = TypeAdapter(tuple[Round, ...])

#: The data sets beside the rounds, as ``Dataset.topic`` has them.
Guide = Literal["sorting", "waste_points", "waste_rules"]
DocumentKind = Literal["item", "destination", "ambiguity", "material", "kind", "visit", "rule"]

#: Latitudes and longitudes between which points are looked for: south, west, north, east.
Box = tuple[float, float, float, float]


def parts(session: Session, street_id: int) -> tuple[list[WastePart], Dataset | None]:
    """Return a street's parts in order of number, and their dataset; of the newest, should two hold the street."""
    query = (
        select(WastePart, Dataset)
        .join(Dataset, Dataset.id == WastePart.dataset_id)
        .where(WastePart.street_id == street_id, Dataset.status == "active")
        .order_by(Dataset.id.desc(), WastePart.number_from, WastePart.side, WastePart.id)
    )
    rows = session.execute(query).all()
    if not rows:
        return [], None
    newest: Dataset = rows[0][1]
    return [part for part, dataset in rows if dataset.id == newest.id], newest


def rounds(session: Session, dataset_id: int, calendar: int) -> tuple[Round, ...]:
    """Return the rounds of a calendar."""
    query = select(WasteCalendar.rounds)
    query = query.where(WasteCalendar.dataset_id == dataset_id, WasteCalendar.number == calendar)
    return _ROUNDS.validate_python(session.scalars(query).one())


def holidays(session: Session, dataset_id: int) -> Holidays:
    """Return the holidays that a dataset's rounds heed."""
    rows = session.scalars(select(WasteHoliday).where(WasteHoliday.dataset_id == dataset_id))
    return Holidays(Holiday(row.day, row.moved_to, row.name_fr, row.name_nl, row.name_en) for row in rows)


def holidays_of_rounds(session: Session) -> tuple[list[Holiday], Dataset | None]:
    """Return the holidays of the newest rounds in use, in order of day, and their dataset."""
    query = (
        select(Dataset)
        .join(WasteHoliday, WasteHoliday.dataset_id == Dataset.id)
        .where(Dataset.status == "active")
        .order_by(Dataset.id.desc())
    )
    dataset = session.scalars(query.limit(1)).first()
    if dataset is None:
        return [], None
    rows = session.scalars(select(WasteHoliday).where(WasteHoliday.dataset_id == dataset.id).order_by(WasteHoliday.day))
    return [Holiday(row.day, row.moved_to, row.name_fr, row.name_nl, row.name_en) for row in rows], dataset


def newest(session: Session, topic: Guide) -> Dataset | None:
    """Return the dataset in use of a guide, or None where none was imported."""
    query = select(Dataset).where(Dataset.topic == topic, Dataset.status == "active").order_by(Dataset.id.desc())
    return session.scalars(query.limit(1)).first()


def documents(session: Session, dataset_id: int, kind: DocumentKind) -> list[dict[str, Any]]:
    """Return a dataset's documents of a kind, in the order of its files."""
    query = select(WasteDocument.body).where(WasteDocument.dataset_id == dataset_id, WasteDocument.kind == kind)
    return list(session.scalars(query.order_by(WasteDocument.position)))


def points(session: Session, dataset_id: int, box: Box | None = None) -> list[dict[str, Any]]:
    """Return a dataset's parks and points, those within a box where one is given, in the order of its files."""
    query = select(WastePoint.body).where(WastePoint.dataset_id == dataset_id)
    if box is not None:
        south, west, north, east = box
        query = query.where(WastePoint.lat.between(south, north), WastePoint.lon.between(west, east))
    return list(session.scalars(query.order_by(WastePoint.position)))


def point(session: Session, dataset_id: int, point_id: str) -> dict[str, Any] | None:
    """Return one park or point, or None."""
    query = select(WastePoint.body).where(WastePoint.dataset_id == dataset_id, WastePoint.point_id == point_id)
    return session.scalar(query)
