"""Names of a feed's stops, lines and destinations in the Region's two languages."""

from __future__ import annotations

from dataclasses import dataclass

from kit.text import fold
from services.feeds.gtfs import Feed
from services.feeds.gtfs.model import Route, Stop, Trip


@dataclass(frozen=True, slots=True)
class Name:
    """A name in French and in Dutch; the same where the feed has only one."""

    fr: str
    nl: str


class Names:
    """Looks names up in the feed's translations; a destination may also be called as the stop of that name is."""

    def __init__(self, feed: Feed) -> None:
        self._translations = feed.translations
        self._trips_have_own = feed.translations.has_records("trips", "trip_headsign")
        self._calls_have_own = feed.translations.has_records("stop_times", "stop_headsign")
        self._headsigns: dict[str, Name] = {}
        self._stops = {fold(stop.name): name for stop in feed.stops.values() if (name := self.stop(stop)).fr != name.nl}

    def stop(self, stop: Stop) -> Name:
        """Return a stop's name."""
        return self._name("stops", "stop_name", stop.name, stop.id)

    def route(self, route: Route) -> Name:
        """Return a route's long name, or its short one where it has none."""
        if not route.long_name:
            return Name(route.short_name, route.short_name)
        return self._name("routes", "route_long_name", route.long_name, route.id)

    def headsign(self, trip: Trip) -> Name | None:
        """Return where a trip says that it goes."""
        if not trip.headsign:
            return None
        record = trip.id if self._trips_have_own else ""
        return self._destination("trips", "trip_headsign", trip.headsign, record, "")

    def call_headsign(self, text: str, trip: str, sequence: int) -> Name | None:
        """Return where a trip says at one stop that it goes; None where it says nothing of its own there."""
        if not text:
            return None
        record = trip if self._calls_have_own else ""
        return self._destination("stop_times", "stop_headsign", text, record, str(sequence))

    @property
    def calls_have_own(self) -> bool:
        """Whether destinations at single calls are translated one by one."""
        return self._calls_have_own

    def _destination(self, table: str, field: str, text: str, record: str, sub_record: str) -> Name:
        if record:
            found = self._translations.of(table, field, text, record, sub_record)
            return Name(found.get("fr", text), found.get("nl", text))
        if text not in self._headsigns:
            # The same words in one table are the same destination in the other.
            found = self._translations.of("trips", "trip_headsign", text)
            found |= self._translations.of("stop_times", "stop_headsign", text)
            name = Name(found.get("fr", text), found.get("nl", text))
            self._headsigns[text] = name if found else self._stops.get(fold(text), name)
        return self._headsigns[text]

    def _name(self, table: str, field: str, text: str, record: str) -> Name:
        found = self._translations.of(table, field, text, record)
        return Name(found.get("fr", text), found.get("nl", text))
