"""The short files of the made-up feed: all but trips.txt and stop_times.txt."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from tools.synthetic_city.gtfs_patterns import Pattern
from tools.synthetic_city.network import Line, Network
from tools.synthetic_city.places import Place
from tools.synthetic_city.platforms import Platform

Row = Mapping[str, object]

WEEKS: Final = 4
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ROUTE_TYPE: Final = {"tram": 0, "metro": 1, "bus": 3, "night": 3}
#: Service, weekdays from Monday, first and last week of the four.
_SERVICES: Final = (
    ("SCHOOL", "1101100", 0, 1),
    ("SCHOOL-WED", "0010000", 0, 1),
    ("FREE", "1101100", 2, 3),
    ("FREE-WED", "0010000", 2, 3),
    ("SAT", "0000010", 0, 3),
    ("SUN", "0000001", 0, 3),
    ("NIGHT", "0000110", 0, 3),
)


def short_files(network: Network, patterns: Iterable[Pattern], start: date) -> dict[str, str]:
    """Return the text of each file by name; ``start`` is the Monday from which the feed holds."""
    stations = network.platforms.stations()
    return {
        "agency.txt": to_csv([_agency()]),
        "feed_info.txt": to_csv([_feed_info(start)]),
        "stops.txt": to_csv(_stops(network, stations)),
        "routes.txt": to_csv(_route(line, order) for order, line in enumerate(network.lines, start=1)),
        "calendar.txt": to_csv(_service(service, start) for service in _SERVICES),
        "calendar_dates.txt": to_csv(_exceptions(start)),
        "translations.txt": to_csv(_translations(network, stations)),
        "shapes.txt": to_csv(_shape_point(p, n) for p in patterns for n in range(len(p.platforms))),
    }


def to_csv(rows: Iterable[Row]) -> str:
    """Return rows with the same keys as CSV."""
    buffer = io.StringIO()
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(buffer, fieldnames=list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow(row)
    return buffer.getvalue()


def _agency() -> Row:
    url = "https://transport.example"
    return {"agency_id": "synthetic", "agency_name": "Synthetic transport", "agency_url": url,
            "agency_timezone": "Europe/Brussels", "agency_lang": "fr"}  # fmt: skip


def _feed_info(start: date) -> Row:
    return {"feed_publisher_name": "Synthetic transport", "feed_publisher_url": "https://transport.example/open-data",
            "feed_lang": "fr", "feed_start_date": _day(start), "feed_end_date": _day(_end(start)),
            "feed_version": "synthetic-1"}  # fmt: skip


def _stops(network: Network, stations: set[int]) -> Iterable[Row]:
    for place in network.places:
        if place.number in stations:
            yield _stop(_station_id(place.number), place, place.position, 1, "")
    for platform in network.platforms.all:
        place = platform.place
        parent = _station_id(place.number) if place.number in stations else ""
        yield _stop(platform.stop_id, place, platform.position, 0, parent)


def _stop(stop_id: str, place: Place, at: tuple[float, float], kind: int, parent: str) -> Row:
    return {"stop_id": stop_id, "stop_code": stop_id, "stop_name": place.fr, "stop_lat": f"{at[0]:.6f}",
            "stop_lon": f"{at[1]:.6f}", "location_type": kind, "parent_station": parent,
            "wheelchair_boarding": place.number % 3}  # fmt: skip


def _station_id(place: int) -> str:
    return f"S{place:04d}"


def _route(line: Line, order: int) -> Row:
    ends = f"{line.places[0].fr} - {line.places[-1].fr}"
    return {"route_id": str(order), "agency_id": "synthetic", "route_short_name": line.number, "route_long_name": ends,
            "route_type": _ROUTE_TYPE[line.mode], "route_color": f"{order * 180_001 % 0x1000000:06X}",
            "route_text_color": "FFFFFF", "route_sort_order": order}  # fmt: skip


def _service(service: tuple[str, str, int, int], start: date) -> Row:
    name, weekdays, first, last = service
    begins, ends = start + timedelta(weeks=first), start + timedelta(weeks=last, days=6)
    days = dict(zip(_DAYS, weekdays, strict=True))
    return {"service_id": name, **days, "start_date": _day(begins), "end_date": _day(ends)}


def _exceptions(start: date) -> Iterable[Row]:
    """Yield the first Wednesday as a holiday, which has the Sunday's service."""
    holiday = _day(start + timedelta(days=2))
    yield {"service_id": "SCHOOL-WED", "date": holiday, "exception_type": 2}
    yield {"service_id": "SUN", "date": holiday, "exception_type": 1}


def _translations(network: Network, stations: set[int]) -> Iterable[Row]:
    for platform in network.platforms.all:
        yield _translation("stops", "stop_name", platform.place.nl, record=platform.stop_id)
    for place in network.places:
        if place.number in stations:
            yield _translation("stops", "stop_name", place.nl, record=_station_id(place.number))
    for order, line in enumerate(network.lines, start=1):
        ends = f"{line.places[0].nl} - {line.places[-1].nl}"
        yield _translation("routes", "route_long_name", ends, record=str(order))
    names = {place.fr: place.nl for place in network.places}
    for fr, nl in names.items():
        yield _translation("trips", "trip_headsign", nl, value=fr)


def _translation(table: str, field: str, dutch: str, *, record: str = "", value: str = "") -> Row:
    return {"table_name": table, "field_name": field, "language": "nl", "translation": dutch,
            "record_id": record, "record_sub_id": "", "field_value": value}  # fmt: skip


def _shape_point(pattern: Pattern, nth: int) -> Row:
    lat, lon = _position(pattern.platforms[nth])
    return {
        "shape_id": f"shape-{pattern.number}",
        "shape_pt_lat": lat,
        "shape_pt_lon": lon,
        "shape_pt_sequence": nth + 1,
    }


def _position(platform: Platform) -> tuple[str, str]:
    lat, lon = platform.position
    return f"{lat:.6f}", f"{lon:.6f}"


def _end(start: date) -> date:
    return start + timedelta(weeks=WEEKS, days=-1)


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")
