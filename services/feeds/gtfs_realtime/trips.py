"""Trip updates: delays, skipped stops, cancelled and added trips."""

from __future__ import annotations

from typing import Final

from google.transit import gtfs_realtime_pb2 as pb

from services.feeds.gtfs_realtime.model import StopState, StopUpdate, TripState, TripUpdate

_Trip: Final = pb.TripDescriptor
_Stop: Final = pb.TripUpdate.StopTimeUpdate

_TRIP_STATES: Final[dict[int, TripState]] = {
    _Trip.CANCELED: "cancelled",
    _Trip.DELETED: "cancelled",
    _Trip.ADDED: "added",
    _Trip.NEW: "added",
    _Trip.DUPLICATED: "added",
}
_STOP_STATES: Final[dict[int, StopState]] = {_Stop.SKIPPED: "skipped", _Stop.NO_DATA: "no_data"}
#: A delay of more than a day is a broken clock.
_MOST_DELAY_S: Final = 86_400


def trip_of(update: pb.TripUpdate) -> TripUpdate:
    """Return one update; raises ValueError with the reason where it is of no use."""
    trip = update.trip
    if not trip.trip_id:
        raise ValueError("trip update without a trip_id")
    state = _TRIP_STATES.get(trip.schedule_relationship, "running")
    stops = tuple(_stop_of(stop) for stop in update.stop_time_update)
    if state == "added" and not any(stop.stop_id and stop.departs for stop in stops):
        raise ValueError(f"added trip {trip.trip_id[:80]!r} without times")
    return TripUpdate(
        trip_id=trip.trip_id,
        route_id=trip.route_id or None,
        start_date=trip.start_date or None,
        start_time=trip.start_time or None,
        state=state,
        delay_s=_delay(update.delay) if update.HasField("delay") else None,
        stops=stops,
    )


def _stop_of(stop: pb.TripUpdate.StopTimeUpdate) -> StopUpdate:
    event = stop.departure if stop.HasField("departure") else stop.arrival if stop.HasField("arrival") else None
    state: StopState = _STOP_STATES.get(stop.schedule_relationship, "known")
    if event is None and state == "known":
        state = "no_data"
    return StopUpdate(
        stop_id=stop.stop_id or None,
        sequence=stop.stop_sequence if stop.HasField("stop_sequence") else None,
        state=state,
        delay_s=_delay(event.delay) if event is not None and event.HasField("delay") else None,
        departs=event.time or None if event is not None else None,
    )


def _delay(seconds: int) -> int:
    if abs(seconds) > _MOST_DELAY_S:
        raise ValueError(f"a delay of {seconds} s")
    return seconds
