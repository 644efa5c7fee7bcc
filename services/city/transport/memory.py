"""What one process of the façade keeps in memory of timetables and real time, and when it lets go of it.

Everything is kept by the data sets in use, which each request asks the database for: an import is seen at once, by
every process.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Annotated, Any, Final, TypeVar, cast

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from kit.text import fold
from services.city.core.dependencies import SessionDep
from services.city.core.schemas import Name
from services.city.core.settings import CitySettings
from services.city.models.transport import Line, StopPlace
from services.city.transport import line_repository, repository, stops
from services.city.transport.realtime import store, told
from services.city.transport.realtime.snapshots import Snapshot, Snapshots
from services.city.transport.realtime.told import Teller
from services.city.transport.repository import Call, CallKey, Feed
from services.city.transport.schemas import LineRef, StopLine, StopName, StopRef
from services.city.transport.timetable import Leaving, Timetable
from services.city.transport.versions import Versions, versions
from services.city.transport.wording import STOP_PREFIX, line_id, line_ref, stop_lines, stop_ref

#: Stops, and what else is looked up one by one, kept at a time.
_MOST_STOPS: Final = 4_000
_MOST_PATTERNS: Final = 20_000
#: Longest id by which a stop is kept: longer ones are nonsense.
_LONGEST_KEY: Final = 200

Value = TypeVar("Value")


@dataclass(frozen=True)
class Network:
    """The feeds in use and their lines."""

    feeds: Mapping[int, Feed]
    lines: Mapping[int, Line]

    @cached_property
    def line_of(self) -> Mapping[tuple[int, str], int]:
        """The lines of each data set by their public ids."""
        return {(line.dataset_id, line_id(line)): key for key, line in self.lines.items()}

    @cached_property
    def refs(self) -> Mapping[int, LineRef]:
        """The lines as answers refer to them."""
        return {key: line_ref(line) for key, line in self.lines.items()}

    @cached_property
    def by_id(self) -> Mapping[str, Line]:
        """The lines by their public ids."""
        return {line_id(line): line for line in self.lines.values()}


@dataclass(frozen=True)
class StopView:
    """A stop place, its calls and its lines, ready for answers."""

    places: tuple[StopPlace, ...]
    calls: tuple[Call, ...]
    feeds: Mapping[int, Feed]
    ref: StopRef
    lines: list[StopLine]
    stop_ids: frozenset[str]  # of all its platforms, as the feeds have them

    @cached_property
    def ids(self) -> tuple[int, ...]:
        """The place's ids, one a feed that has it."""
        return tuple(place.id for place in self.places)

    @cached_property
    def names(self) -> frozenset[str]:
        """Its names, folded."""
        return frozenset(name for place in self.places for name in (place.folded_fr, place.folded_nl))


class Kept:
    """The values of the keys that were asked for lately, no more than so many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of a key, made now where it is not there."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return cast("Value", self._values[key])
        value = make()
        with self._lock:
            self._values[key] = value
            if len(self._values) > self._most:
                self._values.popitem(last=False)
        return value


class TransportMemory:
    """The memory of one process; threads share it."""

    def __init__(self, settings: CitySettings) -> None:
        self.timetable = Timetable()
        self.snapshots = Snapshots()
        self.fresh_s = settings.realtime_fresh_s
        self.messages_fresh_s = settings.messages_fresh_s
        self.networks = Kept(4)
        self.stops = Kept(_MOST_STOPS)
        self.patterns = Kept(_MOST_PATTERNS)


class Reading:
    """The memory as one request reads it, with its session; one version of everything."""

    def __init__(self, session: Session, memory: TransportMemory) -> None:
        self.session = session
        self.memory = memory

    @cached_property
    def versions(self) -> Versions:
        """The versions of all that is kept in memory."""
        return versions(self.session)

    @property
    def version(self) -> tuple[str, ...]:
        """What tells the timetables in use from any that were in use before."""
        return self.versions.timetables

    @cached_property
    def network(self) -> Network:
        """The feeds and lines in use."""

        def make() -> Network:
            lines = {line.id: line for line in line_repository.lines(self.session)}
            return Network(repository.feeds(self.session), lines)

        return self.memory.networks.get(self.version, make)

    @cached_property
    def snapshots(self) -> Mapping[str, Snapshot]:
        """The newest snapshot of each real-time source, fresh or not."""
        return self.memory.snapshots.current(self.session, self.versions.snapshots)

    @cached_property
    def tellers(self) -> list[Teller]:
        """Who has messages for travellers."""
        written = self.memory.networks.get(
            ("messages", self.versions.messages),
            lambda: [told.of_file(dataset, messages) for dataset, messages in store.written(self.session)],
        )
        return [*told.of_snapshots(self.snapshots.values()), *written]

    def stop(self, stop_id: str) -> StopView:
        """Return a stop place; NotFoundError ``stop_not_found`` with the stops of the most similar names."""
        if len(stop_id) > _LONGEST_KEY:
            return self._stop(stop_id)
        return self.memory.stops.get((self.version, stop_id), lambda: self._stop(stop_id))

    def _stop(self, stop_id: str) -> StopView:
        places = stops.the_stop(self.session, stop_id)
        of_place = repository.calls_at(self.session, [place.id for place in places])
        calls = tuple(call for calls in of_place.values() for call in calls)
        datasets = {place.dataset_id for place in places}
        return StopView(
            places=tuple(places),
            calls=calls,
            feeds={key: feed for key, feed in self.network.feeds.items() if key in datasets},
            ref=stop_ref(places[0]),
            lines=stop_lines(calls, self.network.lines),
            stop_ids=frozenset(repository.stop_ids_of_places(self.session, list(of_place))),
        )

    def onward(self, view: StopView) -> Mapping[CallKey, frozenset[str]]:
        """Return for each call of a stop the folded names of its destination and of the stops that follow."""

        def make() -> Mapping[CallKey, frozenset[str]]:
            names = {call.key: {fold(name) for name in call.headsign} for call in view.calls}
            for key, fr, nl in repository.places_after(self.session, view.ids):
                if key in names:
                    names[key] |= {fr, nl}
            return {key: frozenset(found) for key, found in names.items()}

        return self.memory.patterns.get(("onward", self.version, view.ids), make)

    def stop_ids(self, pattern: int) -> tuple[str, ...]:
        """Return the feed's ids of the stops of a pattern, in order."""
        key = ("stops", self.version, pattern)
        return self.memory.patterns.get(key, lambda: tuple(repository.stop_ids(self.session, pattern)))

    def stop_name(self, dataset_id: int, stop_id: str) -> tuple[str, str] | None:
        """Return the names (fr, nl) of the place that a feed's stop belongs to."""
        key = ("name", self.version, dataset_id, stop_id)
        return self.memory.patterns.get(key, lambda: repository.stop_names(self.session, dataset_id, stop_id))

    def scheduled_s(self, leaving: Leaving, position: int) -> int:
        """Return when a run is scheduled to leave a position of its pattern, in UTC seconds."""
        row = leaving.run.row
        key = ("offsets", self.version, row)
        offsets_s = self.memory.patterns.get(key, lambda: repository.offsets_of(self.session, row))
        return int(leaving.at.timestamp()) + offsets_s[position] - offsets_s[leaving.run.call[1]]

    def places_of(self, stop_ids: tuple[str, ...]) -> list[StopName]:
        """Return the places of some stops, which are given by a feed's ids or as ``stop:…``, each once."""

        def make() -> list[StopName]:
            slugs = [each.removeprefix(STOP_PREFIX) for each in stop_ids]
            found = repository.places_of(self.session, stop_ids, slugs)
            return [StopName(id=f"{STOP_PREFIX}{slug}", name=Name(fr=fr, nl=nl)) for slug, fr, nl in found]

        return self.memory.stops.get(("names", self.version, stop_ids), make)

    def live(self, feeds: Mapping[int, Feed], now: datetime) -> tuple[list[Snapshot], list[Snapshot]]:
        """Return what there is about the departures of some feeds: what is fresh, and what is not."""
        names = {feed.dataset.feed for feed in feeds.values()}
        found = [each for each in self.snapshots.values() if each.kind != "messages" and each.feed in names]
        fresh = [each for each in found if each.fresh(now, self.memory.fresh_s)]
        return fresh, [each for each in found if not each.fresh(now, self.memory.fresh_s)]


async def _reading(request: Request, session: SessionDep) -> Reading:
    return Reading(session, request.app.state.transport)


ReadingDep = Annotated[Reading, Depends(_reading)]
