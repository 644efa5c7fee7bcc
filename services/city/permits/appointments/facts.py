"""The planning desk of a commune, as the importer checks it and the database keeps it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from services.city.core.facts import Bilingual, Slug, Url
from services.city.core.opening import Opening
from services.city.permits.facts import Dated, Facts, Text, Words

SubjectId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]


class Subject(Facts):
    """What one can come for; ``bring`` is what to bring along."""

    id: SubjectId
    name: Text
    bring: Text | None = None


class DeskFacts(Dated):
    """A desk. A slot has ``slot_minutes`` and takes ``capacity`` people at once, each with an officer.

    Slots can be booked from ``notice_hours`` before they start to ``horizon_days`` ahead.
    """

    commune: Slug
    sample: bool
    names: Text
    address: Bilingual
    hours: Annotated[tuple[Opening, ...], Field(min_length=1)]
    slot_minutes: Annotated[int, Field(ge=5, le=240)]
    capacity: Annotated[int, Field(ge=1, le=50)]
    notice_hours: Annotated[int, Field(ge=0, le=720)]
    horizon_days: Annotated[int, Field(ge=1, le=366)]
    closed_on: tuple[date, ...] = ()
    subjects: Annotated[tuple[Subject, ...], Field(min_length=1)]
    owner: Words
    as_of: date
    website: Url | None = None

    @model_validator(mode="after")
    def _subjects_differ(self) -> Self:
        ids = [subject.id for subject in self.subjects]
        if len(set(ids)) < len(ids):
            raise ValueError("two subjects with one id")
        return self
