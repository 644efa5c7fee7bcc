"""What is asked for, as the endpoint was given it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Question:
    """Places as written, one time or none, and what the way may be like; all modes where ``modes`` is empty."""

    origin: str
    destination: str
    via: str | None
    at: datetime | None
    arrive_by: datetime | None
    limit: int
    max_walk_m: int
    modes: frozenset[str]
    step_free: bool
