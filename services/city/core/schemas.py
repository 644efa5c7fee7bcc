"""Shapes that every topic's answers share: the source, bilingual names, the envelope, pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Generic, Self, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from services.city.models.datasets import Dataset

Item = TypeVar("Item")


class Source(BaseModel):
    """Where an answer's facts come from."""

    name: str
    url: str | None = None
    licence: str | None = None
    sample: bool = Field(default=False, description="True for the project's own sample city, never a real feed.")


class Name(BaseModel):
    """A name in the Region's two languages; both are filled, equal where there is only one."""

    fr: str
    nl: str


class Commune(BaseModel):
    """A commune as other answers refer to it."""

    id: str = Field(examples=["ixelles"])
    name: Name


class Answer(BaseModel):
    """What every answer carries: its source, the time its facts are of, and whether they are real time."""

    source: Source
    as_of: AwareDatetime
    realtime: bool | None = Field(default=None, description="True: real time. False: timetable. Null: not timed.")


class Page(Answer, Generic[Item]):
    """A page of a list."""

    # A generic model's docstring does not reach the models made from it.
    model_config = ConfigDict(json_schema_extra={"description": "A page of a list."})

    items: Sequence[Item]
    total: int = Field(ge=0)
    limit: int = Field(ge=1)
    offset: int = Field(ge=0)

    @classmethod
    def cut(cls, items: Sequence[Item], *, limit: int, offset: int, source: Source, as_of: datetime) -> Self:
        """Return the page of a whole list that starts at ``offset``."""
        return cls(
            items=items[offset : offset + limit],
            total=len(items),
            limit=limit,
            offset=offset,
            source=source,
            as_of=as_of,
        )


def stated(datasets: Iterable[Dataset], otherwise: datetime) -> tuple[Source, datetime]:
    """Return the source and age to state for an answer made from these datasets: the oldest of them counts."""
    found = list(datasets)
    if not found:
        return Source(name="city façade"), otherwise
    names = list(dict.fromkeys(dataset.source_name for dataset in found))
    first = found[0]
    source = Source(
        name=" · ".join(names),
        url=first.source_url,
        licence=first.licence,
        sample=any(dataset.sample for dataset in found),
    )
    return source, min(_aware(dataset.imported_at, otherwise) for dataset in found)


def _aware(value: datetime, like: datetime) -> datetime:
    """Return a stored instant with its zone; SQLite drops it, and all instants are stored in UTC."""
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(like.tzinfo)
