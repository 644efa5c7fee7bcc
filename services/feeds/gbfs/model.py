"""A bike-share station and what is there, whatever the version that said so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

#: Told of each station that is left out: file, line (None: the file has none), reason.
Report = Callable[[str, int | None, str], None]


@dataclass(frozen=True)
class Station:
    """A station. ``docks`` is None where docks are not known, such as at a station without any."""

    id: str
    name_fr: str
    name_nl: str
    lat: float
    lon: float
    capacity: int | None
    virtual: bool
    bikes: int
    docks: int | None
    renting: bool
    returning: bool
    #: When the station last said something; None where it never did.
    reported_at: datetime | None
