"""Reads the older shape of JCDecaux's own interface: one list with everything of each station."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from services.feeds.errors import UnexpectedContentError
from services.feeds.gbfs import values
from services.feeds.gbfs.model import Report, Station
from services.feeds.gbfs.names import names_of


def stations(content: Any, file: str, problem: Report) -> Iterator[Station]:
    """Yield the stations; raises UnexpectedContentError where the content is not a list with any."""
    if not isinstance(content, list) or not content:
        raise UnexpectedContentError(f"{file}: no stations")
    seen: set[str] = set()
    for position, entry in enumerate(content):
        try:
            station = _station(entry)
            if station.id in seen:
                raise ValueError(f"number {station.id} a second time")
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
            problem(file, None, f"station {position}: {error}")
            continue
        seen.add(station.id)
        yield station


def _station(entry: Mapping[str, Any]) -> Station:
    name_fr, name_nl = names_of(entry["name"])
    lat, lon = values.point(entry["position"].get("lat"), entry["position"].get("lng"))
    open_ = entry.get("status", "OPEN") == "OPEN"
    updated = entry.get("last_update")
    return Station(
        id=str(values.count(entry["number"], "number")),
        name_fr=name_fr,
        name_nl=name_nl,
        lat=lat,
        lon=lon,
        capacity=values.optional_count(entry.get("bike_stands"), "bike_stands"),
        virtual=False,
        bikes=values.count(entry["available_bikes"], "available_bikes"),
        docks=values.count(entry["available_bike_stands"], "available_bike_stands"),
        renting=open_,
        returning=open_,
        # Milliseconds, unlike GBFS.
        reported_at=values.instant(updated / 1000) if isinstance(updated, int) else None,
    )
