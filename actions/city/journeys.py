"""What the actions ask of the façade about getting somewhere: trips, stops near a place, lines and their days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from actions.city.asking import Asking, every, one, segment
from actions.city.errors import CityProblemError
from actions.city.models import Answer, Line, Name, Place, Shape

#: Longest text in which places are looked for.
_MAX_TEXT = 500
#: Stops farther than this are no stops near a place.
_MAX_WALK_M = 3_000


class SpottedPlace(Shape):
    """A place in a text: where it stands there, and what it may mean."""

    start: int
    end: int
    text: str
    matches: tuple[Place, ...]


class TripPlace(Shape):
    """Where a trip or a part of it begins or ends."""

    id: str
    kind: str
    name: Name
    house_number: str | None = None


class Leg(Shape):
    """A walk, or a ride in one vehicle; a walk has no line."""

    kind: str
    start: TripPlace
    end: TripPlace
    departure: datetime
    arrival: datetime
    minutes: int
    walk_m: int = 0
    line: Line | None = None
    headsign: Name | None = None
    stop_count: int = 0


class Trip(Shape):
    """One way to get there."""

    departure: datetime
    arrival: datetime
    duration_minutes: int
    transfers: int
    walk_m: int
    legs: tuple[Leg, ...]


class Trips(Answer):
    """Ways from one place to another, the best first."""

    origin: TripPlace
    destination: TripPlace
    items: tuple[Trip, ...]


class NearStop(Place):
    """A stop, its lines, and the walk to it."""

    kind: str = "stop"
    lines: tuple[Line, ...] = ()
    walk_m: int
    walk_minutes: int


class NearStops(Answer):
    """The stops within a walk of a place, the nearest first."""

    items: tuple[NearStop, ...]


class StopName(Shape):
    """A stop by its id and name."""

    id: str
    name: Name


class Frequency(Shape):
    """How often a line leaves in one hour; ``every_minutes`` is None where there is one departure."""

    since: datetime
    departures: int
    every_minutes: int | None = None


class LineWay(Shape):
    """One way that a line goes: its stops in order, and how often it leaves, hour by hour."""

    headsign: Name
    stops: tuple[StopName, ...]
    frequency: tuple[Frequency, ...] = ()


class LineFacts(Answer, Line):
    """A line: where it goes, its stops, how often it runs on a day."""

    id: str
    name: Name
    operator: str
    directions: tuple[LineWay, ...]
    service_day: date


class Edge(Shape):
    """The first or the last departure of a day; about that time where only an interval is promised."""

    scheduled: datetime
    stop: StopName
    headway_minutes: int | None = None


class WayDay(Shape):
    """When a line leaves one way for the first and the last time of a day."""

    headsign: Name
    first: Edge
    last: Edge


class LineAfter(Line):
    """A line that still leaves a stop when another no longer does."""

    departs: datetime
    last: datetime
    night: bool


class FirstLast(Answer):
    """A line's first and last departures of a day, by direction."""

    line: Line
    stop: StopName | None = None
    service_day: date
    directions: tuple[WayDay, ...]
    next_service_day: date | None = None
    afterwards: tuple[LineAfter, ...] | None = None


class JourneysCity(Protocol):
    """The façade on getting somewhere; see ``actions.city.port.City`` for what every method raises."""

    async def spot(self, written: str, kinds: Sequence[str]) -> list[SpottedPlace]:
        """Return the places that a text names, in its order; none where it names none."""
        ...

    async def trips(
        self,
        origin: str,
        destination: str,
        *,
        at: datetime | None = None,
        arrive_by: datetime | None = None,
        step_free: bool = False,
        mode: str | None = None,
    ) -> Trips:
        """Return up to three ways between places by their ids; ``place_not_found``, ``stop_not_found``,
        ``same_place``, ``no_stop_nearby``, ``no_journey``, ``dates_not_covered``, ``no_timetable``."""
        ...

    async def stops_near(self, place_id: str, *, mode: str | None = None, line: str | None = None) -> NearStops:
        """Return up to three stops within a walk of a place, the nearest first; ``place_not_found``,
        ``line_not_found``."""
        ...

    async def line(self, written: str, *, day: date | None = None) -> LineFacts:
        """Return a line by its name or id; ``line_not_found``, ``line_ambiguous``, each with suggestions."""
        ...

    async def first_last(self, written: str, *, stop: str | None = None, day: date | None = None) -> FirstLast:
        """Return a line's first and last departures of a day; as ``line``, and ``stop_not_found``,
        ``line_not_at_stop``."""
        ...


class JourneysAsking(Asking):
    """The façade on getting somewhere over HTTP."""

    async def spot(self, written: str, kinds: Sequence[str]) -> list[SpottedPlace]:
        """Return the places that a text names."""
        try:
            answer = await self.get("/v1/places/spot", {"text": written[:_MAX_TEXT], "kinds": ",".join(kinds)})
        except CityProblemError as error:
            if error.code == "invalid_query":  # control characters, or nothing that a name could have
                return []
            raise
        return every(SpottedPlace, answer)

    async def trips(
        self,
        origin: str,
        destination: str,
        *,
        at: datetime | None = None,
        arrive_by: datetime | None = None,
        step_free: bool = False,
        mode: str | None = None,
    ) -> Trips:
        """Return ways from place to place."""
        parameters = {
            "from": origin,
            "to": destination,
            "at": at.isoformat() if at else None,
            "arrive_by": arrive_by.isoformat() if arrive_by else None,
            "step_free": "true" if step_free else None,
            "modes": mode,
        }
        return one(Trips, await self.get("/v1/transport/journeys", parameters))

    async def stops_near(self, place_id: str, *, mode: str | None = None, line: str | None = None) -> NearStops:
        """Return the stops near a place."""
        return one(
            NearStops,
            await self.get(
                "/v1/transport/stops/near",
                {"place": place_id, "mode": mode, "line": line, "max_walk_m": _MAX_WALK_M, "limit": 3},
            ),
        )

    async def line(self, written: str, *, day: date | None = None) -> LineFacts:
        """Return a line."""
        path = f"/v1/transport/lines/{segment(written[:60])}"
        return one(LineFacts, await self.get(path, {"date": day.isoformat() if day else None}))

    async def first_last(self, written: str, *, stop: str | None = None, day: date | None = None) -> FirstLast:
        """Return a line's first and last departures."""
        path = f"/v1/transport/lines/{segment(written[:60])}/first-last"
        return one(FirstLast, await self.get(path, {"stop": stop, "date": day.isoformat() if day else None}))
