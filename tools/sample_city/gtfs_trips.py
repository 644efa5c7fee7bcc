"""The journeys of the sample feed: trips.txt, stop_times.txt and frequencies.txt, which grow together."""

from __future__ import annotations

from dataclasses import dataclass, field

from tools.sample_city.gtfs_facts import DIRECTIONS, Direction, Facts
from tools.sample_city.gtfs_platforms import Platform, Platforms
from tools.sample_city.gtfs_timetable import bands, running_times_s

Row = dict[str, str | int]


@dataclass(slots=True)
class Trips:
    """Per line, direction and service: one trip that repeats by headway and one that is the day's last."""

    facts: Facts
    platforms: Platforms
    trips: list[Row] = field(default_factory=list)
    stop_times: list[Row] = field(default_factory=list)
    frequencies: list[Row] = field(default_factory=list)

    def add_line(self, name: str) -> None:
        """Add all journeys of a line."""
        for direction in DIRECTIONS:
            self._add_direction(name, direction)

    def _add_direction(self, name: str, direction: Direction) -> None:
        line = self.facts.lines[name]
        slugs = line.places(direction)
        calls = [self.facts.places[slug] for slug in slugs]
        stops = list(zip(self.platforms.along(line.mode, slugs), running_times_s(line, calls), strict=True))
        shift_min = line.shift_min[DIRECTIONS.index(direction)]
        for service, day in self.facts.timetables[line.timetable].items():
            repeated, last_s = bands(day, shift_min)
            trip: Row = {
                "route_id": name,
                "service_id": service,
                "trip_id": f"{name}-{direction}-{service}",
                "trip_headsign": calls[-1].fr,
                "direction_id": DIRECTIONS.index(direction),
            }
            self._add_trip(trip, stops, repeated[0].start_s)
            for band in repeated:
                self.frequencies.append(
                    {
                        "trip_id": trip["trip_id"],
                        "start_time": clock(band.start_s),
                        "end_time": clock(band.end_s),
                        "headway_secs": band.headway_s,
                        "exact_times": 1,
                    }
                )
            self._add_trip({**trip, "trip_id": f"{trip['trip_id']}-last"}, stops, last_s)

    def _add_trip(self, trip: Row, stops: list[tuple[Platform, int]], start_s: int) -> None:
        self.trips.append(trip)
        for sequence, (platform, after_s) in enumerate(stops, start=1):
            at = clock(start_s + after_s)
            self.stop_times.append(
                {
                    "trip_id": trip["trip_id"],
                    "arrival_time": at,
                    "departure_time": at,
                    "stop_id": platform.stop_id,
                    "stop_sequence": sequence,
                }
            )


def clock(seconds: int) -> str:
    """Return ``HH:MM:SS``; the hours run past 24 after midnight, as GTFS wants."""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
