"""Repository of what is written down about getting around; only datasets in use are seen."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self, TypeVar

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.city.core import datasets
from services.city.core.facts import Facts, Url
from services.city.models.datasets import Dataset
from services.city.models.transport_facts import TransportFact

FactId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,79}$")]


def _known_day(value: date) -> date:
    if not 1990 <= value.year < 2200:
        raise ValueError(f"{value} is not a day of our time")
    return value


Day = Annotated[date, AfterValidator(_known_day)]


class Fact(Facts):
    """A document with an id, where it is checked, and the days for which it holds."""

    id: FactId
    source_url: Url
    valid_from: Day
    valid_until: Day | None = None
    #: From this day on it may have changed, and is to be checked; None where nothing announces a change.
    check_from: Day | None = Field(default=None)

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise ValueError(f"valid_until {self.valid_until} is before valid_from {self.valid_from}")
        return self

    def holds_on(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def may_have_changed(self, day: date) -> bool:
        """Tell whether a change was announced for that day or before."""
        return self.check_from is not None and day >= self.check_from


AFact = TypeVar("AFact", bound=Facts)


def facts(session: Session, topic: str, shape: type[AFact]) -> tuple[list[AFact], list[Dataset]]:
    """Return the documents of a topic, in the file's order, and the datasets that they come from."""
    in_use = datasets.active(session, topic)
    query = select(TransportFact.body).where(TransportFact.dataset_id.in_([dataset.id for dataset in in_use]))
    bodies = session.scalars(query.order_by(TransportFact.dataset_id.desc(), TransportFact.position)) if in_use else ()
    return [shape.model_validate(body) for body in bodies], in_use
