"""What the source says of one bench."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bench:
    """A bench; both names are filled, equal where the source has one."""

    id: str
    name_fr: str
    name_nl: str
    lat: float
    lon: float
