"""Answers about the stops near a place."""

from __future__ import annotations

from pydantic import Field

from services.city.transport.schemas import StopInfo


class NearStop(StopInfo):
    """A stop place, its lines, and the walk to it."""

    walk_m: int = Field(description="Metres on foot, estimated from the straight line, as journeys do.")
    walk_minutes: int = Field(description="Minutes on foot, rounded up.")
