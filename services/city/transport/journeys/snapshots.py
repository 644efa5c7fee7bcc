"""Keeps the network in memory, one a database, and the windows asked for last; made anew after an import."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import date
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services.city.transport.journeys.loading import load
from services.city.transport.journeys.network import Network
from services.city.transport.journeys.raptor import Search
from services.city.transport.journeys.windows import window
from services.city.transport.versions import versions

#: Days whose timetable stays in memory: today, tomorrow, and some that people plan for.
_WINDOWS: Final = 6


class Snapshot:
    """The network of one set of timetables; threads may share it."""

    def __init__(self, timetables: tuple[str, ...], network: Network) -> None:
        self.timetables: Final = timetables
        self.network: Final = network
        self._lock: Final = threading.Lock()
        self._searches: Final[OrderedDict[date, Search]] = OrderedDict()

    def around(self, day: date) -> Search:
        """Return the search over the window around a day."""
        with self._lock:
            search = self._searches.get(day)
            if search is None:
                search = self._searches[day] = Search(self.network, window(self.network, day))
                if len(self._searches) > _WINDOWS:
                    self._searches.popitem(last=False)
            self._searches.move_to_end(day)
            return search


_lock = threading.Lock()
_made: WeakKeyDictionary[Engine, Snapshot] = WeakKeyDictionary()


def current(session: Session) -> Snapshot:
    """Return the snapshot of the timetables in use, made now where they have changed."""
    engine = session.get_bind()
    if not isinstance(engine, Engine):
        engine = engine.engine
    timetables = versions(session).timetables
    made = _made.get(engine)
    if made is None or made.timetables != timetables:
        with _lock:
            made = _made.get(engine)
            if made is None or made.timetables != timetables:
                made = _made[engine] = Snapshot(timetables, load(session))
    return made
