"""What the actions ask of the façade about getting around otherwise than by the next departure."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Protocol

from actions.city.asking import Asking, every, one, segment
from actions.city.asking import question as one_line
from actions.city.mobility_models import (
    BikeStations,
    CarParks,
    FareQuestion,
    Fares,
    Lez,
    LezVehicle,
    LostPropertyOffices,
    Parking,
    ParkingColours,
    StopAccess,
    StopFlags,
)
from kit.languages import Language


class MobilityCity(Protocol):
    """The façade on getting around; see ``actions.city.port.City`` for what every method raises."""

    async def parking(self, place_id: str, at: datetime | None, language: Language) -> Parking:
        """Return the parking zones at a place at a time, now without one; ``place_not_found``."""
        ...

    async def parking_colours(self) -> ParkingColours:
        """Return what the parking zones of each colour have in common."""
        ...

    async def car_parks(self, place_id: str, *, limit: int) -> CarParks:
        """Return the public car parks near a place; ``place_not_found``."""
        ...

    async def lez(self, vehicle: LezVehicle, day: date, language: Language) -> Lez:
        """Return whether a vehicle may drive in the low-emission zone on a day."""
        ...

    async def fares(self, question: FareQuestion, language: Language) -> Fares:
        """Return the tickets and passes that fit."""
        ...

    async def bike_stations(self, place_id: str, *, limit: int) -> BikeStations:
        """Return the bike-share stations near a place; ``place_not_found``."""
        ...

    async def lost_property(self, *, operator: str | None, mode: str | None, language: Language) -> LostPropertyOffices:
        """Return where lost property is, of one operator or of those that run something; ``operator_not_found``."""
        ...

    async def stop_access(self, stop_id: str, language: Language) -> StopAccess:
        """Return what is known of boarding in a wheelchair at a stop; ``stop_not_found``."""
        ...

    async def stops_within_reach(self, stop_id: str, *, limit: int) -> list[StopFlags]:
        """Return the stops within a walk of a stop, itself first, with whether they can be reached in a wheelchair."""
        ...


class MobilityAsking(Asking):
    """The façade on getting around over HTTP."""

    async def parking(self, place_id: str, at: datetime | None, language: Language) -> Parking:
        """Return the parking zones at a place."""
        given: dict[str, Any] = {"place": place_id, "at": at.isoformat() if at else None, "lang": language}
        return one(Parking, await self.get("/v1/transport/parking-zones", given))

    async def lez(self, vehicle: LezVehicle, day: date, language: Language) -> Lez:
        """Return whether a vehicle may drive in the low-emission zone on a day."""
        first = vehicle.first_registered
        given: dict[str, Any] = {
            "vehicle": vehicle.kind,
            "fuel": vehicle.fuel,
            "euro": vehicle.euro,
            "first_registered": first.isoformat() if first else None,
            "date": day.isoformat(),
            "lang": language,
        }
        return one(Lez, await self.get("/v1/transport/lez", given))

    async def fares(self, question: FareQuestion, language: Language) -> Fares:
        """Return the tickets and passes that fit."""
        given: dict[str, Any] = {
            "ticket": question.ticket,
            "age": question.age,
            "condition": question.condition,
            "q": one_line(question.words) if question.words else None,
            "limit": 50,
            "lang": language,
        }
        return one(Fares, await self.get("/v1/transport/fares", given))

    async def bike_stations(self, place_id: str, *, limit: int) -> BikeStations:
        """Return the bike-share stations near a place."""
        return one(BikeStations, await self.get("/v1/transport/bike-stations", {"place": place_id, "limit": limit}))

    async def lost_property(self, *, operator: str | None, mode: str | None, language: Language) -> LostPropertyOffices:
        """Return where lost property is."""
        given = {"operator": operator, "mode": mode, "lang": language}
        return one(LostPropertyOffices, await self.get("/v1/transport/lost-property", given))

    async def stop_access(self, stop_id: str, language: Language) -> StopAccess:
        """Return what is known of boarding in a wheelchair at a stop."""
        path = f"/v1/transport/stops/{segment(stop_id)}/accessibility"
        return one(StopAccess, await self.get(path, {"lang": language}))

    async def stops_within_reach(self, stop_id: str, *, limit: int) -> list[StopFlags]:
        """Return the stops within a walk of a stop."""
        return every(StopFlags, await self.get("/v1/transport/stops/near", {"place": stop_id, "limit": limit}))

    async def parking_colours(self) -> ParkingColours:
        """Return what the parking zones of each colour have in common."""
        return one(ParkingColours, await self.get("/v1/transport/parking-colours"))

    async def car_parks(self, place_id: str, *, limit: int) -> CarParks:
        """Return the public car parks near a place."""
        return one(CarParks, await self.get("/v1/transport/car-parks", {"place": place_id, "limit": limit}))
