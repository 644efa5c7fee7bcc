"""Reads a GTFS Realtime feed, in Protocol Buffers."""

from __future__ import annotations

from typing import Final

from google.protobuf.message import DecodeError
from google.transit import gtfs_realtime_pb2 as pb

from services.feeds.errors import UnexpectedContentError
from services.feeds.gtfs_realtime.alerts import alert_of
from services.feeds.gtfs_realtime.model import Alert, FeedMessage, Report, TripUpdate
from services.feeds.gtfs_realtime.trips import trip_of

_DIFFERENTIAL: Final = pb.FeedHeader.DIFFERENTIAL


def read(content: bytes, name: str, report: Report, *, language: str = "fr") -> FeedMessage:
    """Return the trip updates and alerts of a feed; one bad entity leaves the others.

    ``language`` is that of texts which do not say theirs. Raises UnexpectedContentError where this is no such feed,
    or one that holds changes only (which its publishers do not use, and which cannot be told from a broken one).
    """
    message = pb.FeedMessage()
    try:
        message.ParseFromString(content)
    except DecodeError as error:
        raise UnexpectedContentError(f"{name}: not a GTFS Realtime feed") from error
    if not message.header.gtfs_realtime_version:
        raise UnexpectedContentError(f"{name}: not a GTFS Realtime feed")
    if message.header.incrementality == _DIFFERENTIAL:
        raise UnexpectedContentError(f"{name}: holds changes only, not the whole")
    trips: list[TripUpdate] = []
    alerts: list[Alert] = []
    for number, entity in enumerate(message.entity, start=1):
        if entity.is_deleted:
            continue
        try:
            if entity.HasField("trip_update"):
                trips.append(trip_of(entity.trip_update))
            if entity.HasField("alert"):
                alerts.append(alert_of(entity.id, entity.alert, language))
        except ValueError as error:
            report(name, number, str(error))
    return FeedMessage(message.header.timestamp or None, tuple(trips), tuple(alerts))
