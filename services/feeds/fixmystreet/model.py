"""What FixMyStreet says of one incident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

State = Literal["CREATED", "PROCESSING", "CLOSED"]

STATES: Final[tuple[State, ...]] = get_args(State)


@dataclass(frozen=True)
class Incident:
    """An incident; category names are all filled, addresses where they are known."""

    id: str
    state: State
    updated_at: datetime | None
    category_fr: str
    category_nl: str
    category_en: str
    lat: float
    lon: float
    address_fr: str | None
    address_nl: str | None
