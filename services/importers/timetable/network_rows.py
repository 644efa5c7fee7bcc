"""Rows of a feed's stops and lines, and its stops as places that residents name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from kit.text import fold
from services.city.places.writing import NewPlace
from services.importers.timetable.communes import StopCommune
from services.importers.timetable.index import Index
from services.importers.timetable.lines import LineGroup
from services.importers.timetable.names import Names

_Row = dict[str, Any]


def place_rows(index: Index, weights: Counter[int], communes: Mapping[str, StopCommune]) -> Iterator[_Row]:
    """Yield the stop places."""
    for number, place in enumerate(index.places):
        lat, lon = place.position or (None, None)
        commune = communes.get(place.first_id)
        yield {
            "id": index.key(number),
            "dataset_id": index.dataset_id,
            "slug": place.slug,
            "name_fr": place.name.fr[:200],
            "name_nl": place.name.nl[:200],
            "folded_fr": fold(place.name.fr)[:200],
            "folded_nl": fold(place.name.nl)[:200],
            "lat": lat,
            "lon": lon,
            "commune_id": commune.slug if commune else None,
            "commune_fr": commune.name_fr if commune else None,
            "commune_nl": commune.name_nl if commune else None,
            "wheelchair": place.wheelchair,
            "weight": weights[number],
        }


def platform_rows(index: Index) -> Iterator[_Row]:
    """Yield the platforms and stations; what a platform does not say of wheelchairs its station says."""
    stations = {stop.id: stop for stop, _ in index.platforms if stop.is_station}
    for number, (stop, place) in enumerate(index.platforms):
        lat, lon = stop.position or (None, None)
        station = stations.get(stop.parent)
        yield {
            "id": index.key(number),
            "dataset_id": index.dataset_id,
            "place_id": index.key(place),
            "stop_id": stop.id[:200],
            "code": stop.code[:50] or None,
            "platform": stop.platform[:50] or None,
            "lat": lat,
            "lon": lon,
            "wheelchair": stop.wheelchair or (station.wheelchair if station else 0),
        }


def line_rows(index: Index) -> Iterator[_Row]:
    """Yield the lines."""
    for number, line in enumerate(index.lines):
        color, text_color = _colours(line)
        yield {
            "id": index.key(number),
            "dataset_id": index.dataset_id,
            "short_name": line.short_name[:200],
            "folded": fold(line.short_name)[:200],
            "name_fr": line.name.fr[:300],
            "name_nl": line.name.nl[:300],
            "mode": line.mode,
            "color": color,
            "text_color": text_color,
            "operator": line.operator[:200],
            "position": number,
        }


def route_rows(index: Index) -> Iterator[_Row]:
    """Yield the routes."""
    for number, (route, line) in enumerate(index.routes):
        yield {"id": index.key(number), "line_id": index.key(line), "route_id": route.id[:200]}


def places(
    index: Index, names: Names, weights: Counter[int], communes: Mapping[str, StopCommune]
) -> Iterator[NewPlace]:
    """Yield the stop places that lie somewhere, with the names of their platforms as aliases."""
    for number, place in enumerate(index.places):
        if place.position is None:
            continue
        commune = communes.get(place.first_id)
        of_platforms = {name for stop in place.stops if (name := names.stop(stop)) != place.name}
        written = {(name.fr, "fr") for name in of_platforms} | {(name.nl, "nl") for name in of_platforms}
        yield NewPlace(
            place_id=f"stop:{place.slug}",
            kind="stop",
            name_fr=place.name.fr[:200],
            name_nl=place.name.nl[:200],
            lat=place.position[0],
            lon=place.position[1],
            commune_ids=(commune.slug,) if commune else (),
            postcodes=(commune.postcode,) if commune else (),
            aliases=[(name[:200], language) for name, language in sorted(written)],
            weight=weights[number],
        )


def _colours(line: LineGroup) -> tuple[str | None, str | None]:
    return next(((r.colour, r.text_colour) for r in line.routes if r.colour), (None, None))
