"""agency.txt, feed_info.txt, stops.txt, routes.txt, trips.txt and frequencies.txt, row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from zoneinfo import ZoneInfo

from services.feeds.gtfs.archive import Archive
from services.feeds.gtfs.errors import UnusableFeedError
from services.feeds.gtfs.model import Agency, FeedInfo, Frequency, Route, Stop, Trip
from services.feeds.gtfs.problems import Problems
from services.feeds.gtfs.tables import read_table
from services.feeds.gtfs.values import parse_colour, parse_count, parse_date, parse_position, parse_time

_PLATFORM, _STATION = 0, 1
#: More runs than this of one frequencies.txt row are a slip of the pen: every half minute for a day.
MOST_RUNS = 3_000


def read_feed_info(archive: Archive, problems: Problems) -> FeedInfo:
    """Return the first row of feed_info.txt, or blanks where there is none."""
    file = "feed_info.txt"
    columns = ("feed_publisher_name", "feed_publisher_url", "feed_lang", "feed_version")
    dates = ("feed_start_date", "feed_end_date")
    if file in archive.names():
        for line, row in read_table(archive, file, problems, (), (*columns, *dates)):
            publisher, url, language, version, *days = map(str.strip, row)
            first, last = (_day(text, file, line, field, problems) for field, text in zip(dates, days, strict=True))
            return FeedInfo(publisher, url, language, version, first, last)
    return FeedInfo()


def _day(text: str, file: str, line: int, field: str, problems: Problems) -> date | None:
    try:
        return parse_date(text) if text else None
    except ValueError as error:
        problems.add(file, line, field, str(error))
        return None


def read_agencies(archive: Archive, problems: Problems) -> dict[str, Agency]:
    """Return the agencies by id (which may be blank where there is one); raises UnusableFeedError where none is."""
    agencies: dict[str, Agency] = {}
    required, optional = ("agency_name", "agency_timezone"), ("agency_id", "agency_url", "agency_lang")
    for line, row in read_table(archive, "agency.txt", problems, required, optional):
        name, timezone, key, url, language = map(str.strip, row)
        if not _is_timezone(timezone):
            problems.add("agency.txt", line, "agency_timezone is not a known time zone", timezone)
        elif key in agencies:
            problems.add("agency.txt", line, "agency_id is there twice", key)
        else:
            agencies[key] = Agency(key, name, url, timezone, language)
    if not agencies:
        raise UnusableFeedError("no_agency", "agency.txt has no agency with a known time zone.")
    return agencies


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # an unknown zone is a KeyError
        return False
    return bool(name)


def read_stops(archive: Archive, problems: Problems) -> dict[str, Stop]:
    """Return platforms and stations by id; entrances, nodes and boarding areas are passed over."""
    file = "stops.txt"
    stops: dict[str, Stop] = {}
    optional = (
        "stop_name",
        "stop_lat",
        "stop_lon",
        "location_type",
        "parent_station",
        "stop_code",
        "platform_code",
        "wheelchair_boarding",
    )
    lines: dict[str, int] = {}
    for line, row in read_table(archive, file, problems, ("stop_id",), optional):
        key, name, lat, lon, kind_text, parent, code, platform, wheelchair = map(str.strip, row)
        try:
            kind = parse_count(kind_text, _PLATFORM)
        except ValueError as error:
            problems.add(file, line, "location_type", str(error))
            continue
        if kind > _STATION:
            continue
        if not key or key in stops:
            problems.add(file, line, "stop_id is there twice" if key else "no stop_id", key)
            continue
        try:
            position = parse_position(lat, lon)
            if position is None:
                problems.note(file, line, "no coordinates; kept without a place on the map", key)
        except ValueError as error:
            problems.add(file, line, "stop_lat, stop_lon", str(error))
            position = None
        lines[key] = line
        stops[key] = Stop(key, name, position, kind == _STATION, parent, code, platform, _tristate(wheelchair))
    if not stops:
        raise UnusableFeedError("no_stops", "stops.txt has no stop.")
    return _named(stops, lines, problems)


def _named(stops: dict[str, Stop], lines: dict[str, int], problems: Problems) -> dict[str, Stop]:
    """Return the stops with a name each: its own or its station's; and report stations that are not there."""
    named: dict[str, Stop] = {}
    for key, stop in stops.items():
        if stop.parent and stop.parent not in stops:
            problems.note("stops.txt", lines[key], "parent_station is not in stops.txt; the stop is kept", stop.parent)
        if stop.name:
            named[key] = stop
            continue
        station = stops.get(stop.parent)
        if station is None or not station.name:
            problems.add("stops.txt", lines[key], "no stop_name", key)
            continue
        named[key] = Stop(
            key, station.name, stop.position, stop.is_station, stop.parent, stop.code, stop.platform, stop.wheelchair
        )
    return named


def read_routes(archive: Archive, problems: Problems, agencies: dict[str, Agency]) -> dict[str, Route]:
    """Return the routes by id."""
    file = "routes.txt"
    routes: dict[str, Route] = {}
    only_agency = next(iter(agencies))
    optional = (
        "route_short_name",
        "route_long_name",
        "agency_id",
        "route_color",
        "route_text_color",
        "route_sort_order",
    )
    for line, row in read_table(archive, file, problems, ("route_id", "route_type"), optional):
        key, kind, short_name, long_name, agency, colour, text_colour, sort_order = map(str.strip, row)
        agency = agency or only_agency
        try:
            if not key or key in routes:
                problems.add(file, line, "route_id is there twice" if key else "no route_id", key)
            elif agency not in agencies:
                problems.add(file, line, "agency_id is not in agency.txt", agency)
            elif not short_name and not long_name:
                problems.add(file, line, "a route needs a short or a long name", key)
            else:
                order = parse_count(sort_order) if sort_order else None
                routes[key] = Route(
                    key,
                    agency,
                    short_name,
                    long_name,
                    parse_count(kind),
                    parse_colour(colour),
                    parse_colour(text_colour),
                    order,
                )
        except ValueError as error:
            problems.add(file, line, "route_type or route_sort_order", str(error))
    if not routes:
        raise UnusableFeedError("no_routes", "routes.txt has no route that can be used.")
    return routes


def read_trips(
    archive: Archive, problems: Problems, routes: Collection[str], services: Collection[str]
) -> dict[str, Trip]:
    """Return the trips by id."""
    file = "trips.txt"
    trips: dict[str, Trip] = {}
    optional = ("trip_headsign", "direction_id", "wheelchair_accessible")
    for line, row in read_table(archive, file, problems, ("trip_id", "route_id", "service_id"), optional):
        key, route, service, headsign, direction, wheelchair = map(str.strip, row)
        if not key or key in trips:
            problems.add(file, line, "trip_id is there twice" if key else "no trip_id", key)
        elif route not in routes:
            problems.add(file, line, "route_id is not in routes.txt", route)
        elif service in services:
            known_direction = int(direction) if direction in {"0", "1"} else None
            trips[key] = Trip(key, route, service, headsign, known_direction, _tristate(wheelchair))
        else:
            problems.add(file, line, "service_id is in no calendar", service)
    if not trips:
        raise UnusableFeedError("no_trips", "trips.txt has no trip with a known route and service.")
    return trips


def read_frequencies(archive: Archive, problems: Problems, trips: Collection[str]) -> dict[str, list[Frequency]]:
    """Return the rows of frequencies.txt by trip id, in order."""
    file = "frequencies.txt"
    found: dict[str, list[Frequency]] = defaultdict(list)
    if file not in archive.names():
        return found
    columns = ("trip_id", "start_time", "end_time", "headway_secs")
    for line, row in read_table(archive, file, problems, columns, ("exact_times",)):
        trip, start_text, end_text, headway_text, exact = map(str.strip, row)
        try:
            start, end, headway = parse_time(start_text), parse_time(end_text), parse_count(headway_text)
        except ValueError as error:
            problems.add(file, line, "start_time, end_time or headway_secs", str(error))
            continue
        if trip not in trips:
            problems.add(file, line, "trip_id is not in trips.txt", trip)
        elif start is None or end is None or end <= start or headway < 1:
            problems.add(file, line, "a frequency needs a start before its end and a headway")
        elif (end - start) / headway > MOST_RUNS:
            problems.add(file, line, "a headway this short cannot be meant", headway_text)
        else:
            found[trip].append(Frequency(start, end, headway, exact == "1"))
    return {trip: sorted(rows, key=lambda row: row.start_s) for trip, rows in found.items()}


def _tristate(text: str) -> int:
    return int(text) if text in {"1", "2"} else 0
