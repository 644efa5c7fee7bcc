"""What residents can take part in, as the importer checks it and the database keeps it.

The shape is that of ``data/city/participation/README.md``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, StringConstraints, model_validator

from services.city.core.facts import Bilingual, BilingualUrl, Facts, Slug, Trilingual, Url

Kind = Literal[
    "consultation", "participatory_budget", "neighbourhood_contract", "call_for_projects", "panel", "committee"
]

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
#: A capability of the assistant that answers more about it.
Capability = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]


class Meeting(Facts):
    """When and where people meet about it."""

    starts_at: AwareDatetime
    place: Bilingual


class Stated(Facts):
    """What every entry has: its texts, who stands behind it, and where that is checked."""

    id: Id
    sample: bool
    names: Trilingual
    summary: Trilingual
    who: Trilingual
    how: Trilingual
    organiser: Trilingual
    url: BilingualUrl | None = None
    owner: Annotated[str, Field(min_length=1)]
    source_url: Url
    as_of: date


class Opportunity(Stated):
    """Something that one can take part in from one day to another; of the whole Region where there is no commune."""

    kind: Kind
    commune: Slug | None = None
    opens: date
    closes: date
    meetings: tuple[Meeting, ...] = ()

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.closes < self.opens:
            raise ValueError(f"closes {self.closes} is before opens {self.opens}")
        return self


class Way(Stated):
    """A way to have a say at any time, in every commune."""

    rule: Bilingual | None = None
    capability: Capability | None = None
    valid_from: date
