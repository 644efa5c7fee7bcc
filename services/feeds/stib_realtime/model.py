"""What STIB-MIVB's real time says, as records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

#: Called with the data set, the entry's number in it (from 1) and the reason, for each entry that is passed over.
Report = Callable[[str, int | None, str], None]


@dataclass(frozen=True, slots=True)
class Passing:
    """When a vehicle is expected at a point; ``theoretical`` where that is only the timetable's time."""

    point: str
    line: str
    expected: datetime  # in UTC
    destination_fr: str | None
    destination_nl: str | None
    theoretical: bool


@dataclass(frozen=True, slots=True)
class TravellerMessage:
    """A message in some of fr, nl and en, about lines and points; the lowest ``priority`` matters most."""

    texts: dict[str, str]
    lines: tuple[str, ...]
    points: tuple[str, ...]
    priority: int | None


@dataclass(frozen=True, slots=True)
class VehiclePosition:
    """A vehicle: so many metres past a point, on its way to the terminus ``direction``."""

    line: str
    direction: str
    point: str
    distance_m: float
