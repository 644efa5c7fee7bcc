"""Endpoint of the low-emission zone."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from services.city.core.dependencies import ClockDep, LanguageDep, SessionDep
from services.city.core.errors import documented
from services.city.transport.lez import service
from services.city.transport.lez.facts import Fuel, Vehicle
from services.city.transport.lez.schemas import LezAnswer
from services.city.transport.lez.verdict import Asked

router = APIRouter(prefix="/v1/transport", tags=["transport"])

VehicleQuery = Annotated[Vehicle | None, Query(description="Kind of vehicle.")]
FuelQuery = Annotated[
    Fuel | None, Query(description="What it runs on; of a hybrid, the fuel that it has beside electricity.")
]
EuroQuery = Annotated[int | None, Query(ge=0, le=7, description="Its Euro norm, as the registration certificate says.")]
RegisteredQuery = Annotated[
    date | None, Query(description="Day of its first registration, where the norm of a car is not known.")
]
DateQuery = Annotated[date | None, Query(description="The day to drive; otherwise today.")]


@router.get(
    "/lez",
    operation_id="lez",
    summary="May this vehicle drive in the low-emission zone?",
    responses=documented(422, 503),
)
def lez(
    *,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    vehicle: VehicleQuery = None,
    fuel: FuelQuery = None,
    euro: EuroQuery = None,
    first_registered: RegisteredQuery = None,
    date: DateQuery = None,
) -> LezAnswer:
    """Return the verdict with its rule and the rule's days, or what else has to be known for one."""
    return service.lez(session, clock, language, Asked(vehicle, fuel, euro, first_registered), date)
