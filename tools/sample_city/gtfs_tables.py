"""The rows of the sample feed's GTFS files."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import holidays

from tools.sample_city.gtfs_facts import DIRECTIONS, Facts, Feed, Line
from tools.sample_city.gtfs_platforms import Platforms
from tools.sample_city.gtfs_trips import Row, Trips

Tables = dict[str, list[Row]]

_ROUTE_TYPE: Final = {"tram": 0, "metro": 1, "bus": 3}
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WHEELCHAIR: Final = {None: 0, True: 1, False: 2}


def build(facts: Facts) -> Tables:
    """Return every file of the feed (name without ``.txt``) with its rows, in a fixed order."""
    platforms = Platforms(facts)
    trips = Trips(facts, platforms)
    for name in facts.lines:
        trips.add_line(name)
    return {
        "agency": [_agency(facts.feed)],
        "stops": _stops(facts, platforms),
        "routes": [_route(facts, name, line, order) for order, (name, line) in enumerate(facts.lines.items(), 1)],
        "trips": trips.trips,
        "stop_times": trips.stop_times,
        "frequencies": trips.frequencies,
        "calendar": _calendar(facts.feed),
        "calendar_dates": _calendar_dates(facts.feed),
        "translations": _translations(facts, platforms),
        "feed_info": [_feed_info(facts.feed)],
    }


def _agency(feed: Feed) -> Row:
    agency = feed.agency
    return {
        "agency_id": agency.id,
        "agency_name": agency.name,
        "agency_url": agency.url,
        "agency_timezone": "Europe/Brussels",
        "agency_lang": "fr",
        "agency_phone": agency.phone,
    }


def _stops(facts: Facts, platforms: Platforms) -> list[Row]:
    rows: list[Row] = []
    for slug, place in facts.places.items():
        shared: Row = {"stop_name": place.fr, "wheelchair_boarding": _WHEELCHAIR[place.wheelchair]}
        if place.station:
            rows.append(_stop(slug, shared, place.at[0], place.at[1], location_type=1))
        rows.extend(
            _stop(p.stop_id, shared, p.lat, p.lon, parent_station=slug if place.station else "", platform_code=p.code)
            for p in platforms.of_place(slug)
        )
    return rows


def _stop(
    stop_id: str,
    shared: Row,
    lat: float,
    lon: float,
    *,
    location_type: int = 0,
    parent_station: str = "",
    platform_code: str = "",
) -> Row:
    return {
        "stop_id": stop_id,
        "stop_name": shared["stop_name"],
        "stop_lat": f"{lat:.5f}",
        "stop_lon": f"{lon:.5f}",
        "location_type": location_type,
        "parent_station": parent_station,
        "wheelchair_boarding": shared["wheelchair_boarding"],
        "platform_code": platform_code,
    }


def _ends(facts: Facts, line: Line) -> tuple[str, str]:
    """Return the line's long name in French and in Dutch: its two ends."""
    first, last = (facts.places[slug] for slug in (line.places("out")[0], line.places("out")[-1]))
    return f"{first.fr} - {last.fr}", f"{first.dutch} - {last.dutch}"


def _route(facts: Facts, name: str, line: Line, order: int) -> Row:
    return {
        "route_id": name,
        "agency_id": facts.feed.agency.id,
        "route_short_name": name,
        "route_long_name": _ends(facts, line)[0],
        "route_type": _ROUTE_TYPE[line.mode],
        "route_color": line.color,
        "route_text_color": _readable_on(line.color),
        "route_sort_order": order,
    }


def _readable_on(color: str) -> str:
    """Return black or white, whichever contrasts more with a colour (WCAG 2 relative luminance)."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "FFFFFF" if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 else "000000"


def _calendar(feed: Feed) -> list[Row]:
    return [
        {
            "service_id": service,
            **dict(zip(_DAYS, runs, strict=True)),
            "start_date": _day(feed.valid_from),
            "end_date": _day(feed.valid_until),
        }
        for service, runs in feed.services.items()
    ]


def _calendar_dates(feed: Feed) -> list[Row]:
    """Return the public holidays: the day's own service is removed (2), the holiday service added (1)."""
    belgian = holidays.country_holidays("BE", years=range(feed.valid_from.year, feed.valid_until.year + 1))
    rows: list[Row] = []
    day = feed.valid_from
    while day <= feed.valid_until:
        removed = [service for service in feed.holiday_replaces if feed.services[service][day.weekday()]]
        if day in belgian and removed:
            rows += [{"service_id": service, "date": _day(day), "exception_type": 2} for service in removed]
            rows.append({"service_id": feed.holiday_service, "date": _day(day), "exception_type": 1})
        day += timedelta(days=1)
    return rows


def _translations(facts: Facts, platforms: Platforms) -> list[Row]:
    """Return the Dutch names: stops and routes by record, headsigns by value (GTFS knows both ways)."""
    rows: list[Row] = []
    for slug, place in facts.places.items():
        records = [slug] if place.station else []
        records += [platform.stop_id for platform in platforms.of_place(slug)]
        rows += [_translation("stops", "stop_name", place.dutch, record_id=record) for record in records]
    for name, line in facts.lines.items():
        rows.append(_translation("routes", "route_long_name", _ends(facts, line)[1], record_id=name))
    ends = {line.places(direction)[-1] for line in facts.lines.values() for direction in DIRECTIONS}
    for place in (facts.places[slug] for slug in sorted(ends)):
        rows.append(_translation("trips", "trip_headsign", place.dutch, field_value=place.fr))
    return rows


def _translation(table: str, column: str, dutch: str, *, record_id: str = "", field_value: str = "") -> Row:
    return {
        "table_name": table,
        "field_name": column,
        "language": "nl",
        "translation": dutch,
        "record_id": record_id,
        "record_sub_id": "",
        "field_value": field_value,
    }


def _feed_info(feed: Feed) -> Row:
    return {
        "feed_publisher_name": feed.publisher,
        "feed_publisher_url": feed.publisher_url,
        "feed_lang": "fr",
        "feed_start_date": _day(feed.valid_from),
        "feed_end_date": _day(feed.valid_until),
        "feed_version": feed.version,
    }


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")
