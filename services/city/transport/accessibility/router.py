"""Endpoint of what is known of boarding in a wheelchair at a stop."""

from __future__ import annotations

from fastapi import APIRouter

from services.city.core.dependencies import ClockDep, LanguageDep
from services.city.core.errors import documented
from services.city.transport.accessibility import service
from services.city.transport.accessibility.schemas import StopAccess
from services.city.transport.memory import ReadingDep
from services.city.transport.parameters import StopId

router = APIRouter(prefix="/v1/transport", tags=["transport"])


@router.get(
    "/stops/{stop_id}/accessibility",
    operation_id="stop_accessibility",
    summary="Boarding in a wheelchair at a stop",
    responses=documented(404, 422, 503),
)
def stop_accessibility(stop_id: StopId, reading: ReadingDep, clock: ClockDep, language: LanguageDep) -> StopAccess:
    """Return what is known of the stop, of each platform and of the vehicles of each line there; null is not known.
    `stop_not_found` suggests the stops of similar names."""
    return service.accessibility(reading, clock, stop_id, language)
