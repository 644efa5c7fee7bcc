"""The snapshots of real time as this process has them in memory, unpacked once a version."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from services.city.core.schemas import Source
from services.city.models.realtime import RealtimeSnapshot
from services.city.transport.realtime import forms, store
from services.city.transport.realtime.forms import Kind, Message, Passing, TripUpdate

#: Real time made this long after now is told by a clock that is wrong, or now is not now.
_AHEAD_S: Final = 60.0


@dataclass(frozen=True)
class Snapshot:
    """What one source last said. Only what its ``kind`` is about is filled."""

    source: str
    kind: Kind
    feed: str
    version: int
    made_at: datetime
    stated: Source
    passings: Mapping[str, list[list[object]]] = field(default_factory=dict)
    trips: Mapping[str, tuple[TripUpdate, ...]] = field(default_factory=dict)
    added: tuple[TripUpdate, ...] = ()
    messages: tuple[Message, ...] = ()

    def age_s(self, now: datetime) -> float:
        """Return how old its facts are."""
        return (now - self.made_at).total_seconds()

    def fresh(self, now: datetime, most_s: float) -> bool:
        """Tell whether it may be taken for the present."""
        return -_AHEAD_S <= self.age_s(now) <= most_s

    def passings_at(self, stop_id: str) -> list[Passing]:
        """Return the passings at a stop, soonest first."""
        return [Passing(*each) for each in self.passings.get(stop_id, ())]  # type: ignore[arg-type]

    def updates_of(self, trip_id: str) -> tuple[TripUpdate, ...]:
        """Return what is known of the runs of a trip, whether its id is written with a prefix or without."""
        return self.trips.get(trip_id) or self.trips.get(tail(trip_id)) or ()


class Snapshots:
    """Keeps the newest snapshot of each source; threads share it."""

    def __init__(self) -> None:
        self._known: dict[str, Snapshot] = {}
        self._lock = threading.Lock()

    def current(self, session: Session, versions: Mapping[str, int]) -> Mapping[str, Snapshot]:
        """Return the snapshots by source, of these versions. What has not changed is not read again."""
        known = self._known
        if {source: each.version for source, each in known.items()} == versions:
            return known
        if not self._lock.acquire(blocking=not known):
            return known  # another thread is unpacking; what was true a moment ago will do
        try:
            changed = [
                source
                for source, version in versions.items()
                if source not in self._known or self._known[source].version != version
            ]
            kept = {source: each for source, each in self._known.items() if source in versions}
            self._known = {**kept, **{each.source: _unpacked(each) for each in store.snapshots(session, changed)}}
            return self._known
        finally:
            self._lock.release()


def tail(written: str) -> str:
    """Return an id without its prefix (``gs:delijn:307250`` is ``307250``)."""
    return written.rpartition(":")[2]


def _unpacked(row: RealtimeSnapshot) -> Snapshot:
    source = Source(name=row.source_name, url=row.source_url, licence=row.licence, sample=row.sample)
    made_at = store.in_utc(row.made_at)
    if row.kind == "passings":
        passings = forms.unpack_passings(row.body)
        return Snapshot(row.source, "passings", row.feed, row.version, made_at, source, passings=passings)
    if row.kind == "trips":
        trips, added = _by_trip(forms.unpack_trips(row.body))
        return Snapshot(row.source, "trips", row.feed, row.version, made_at, source, trips=trips, added=added)
    messages = tuple(forms.unpack_messages(row.body))
    return Snapshot(row.source, "messages", row.feed, row.version, made_at, source, messages=messages)


def _by_trip(updates: list[TripUpdate]) -> tuple[dict[str, tuple[TripUpdate, ...]], tuple[TripUpdate, ...]]:
    by_trip: dict[str, tuple[TripUpdate, ...]] = {}
    for update in updates:
        if update.state != "added":
            for key in {update.trip_id, tail(update.trip_id)}:
                by_trip[key] = (*by_trip.get(key, ()), update)
    return by_trip, tuple(update for update in updates if update.state == "added")
