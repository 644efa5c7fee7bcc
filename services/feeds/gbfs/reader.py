"""Reads a folder of GBFS files: where the stations are, and what is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import orjson

from services.feeds.errors import UnexpectedContentError
from services.feeds.gbfs import jcdecaux, values
from services.feeds.gbfs.model import Report, Station
from services.feeds.gbfs.names import names_of

INFORMATION: Final = "station_information.json"
INFORMATION_NL: Final = "station_information.nl.json"
STATUS: Final = "station_status.json"
JCDECAUX: Final = "stations.json"

#: What a station at fault can make the code below raise.
_FAULTS: Final = (ValueError, TypeError, KeyError, AttributeError, OverflowError)


def read_stations(folder: Path, problem: Report) -> Iterator[Station]:
    """Yield the stations; those at fault go to ``problem``.

    Raises UnexpectedContentError where a file is missing, is no GBFS, or has no stations at all.
    """
    if (folder / JCDECAUX).is_file():
        yield from jcdecaux.stations(_content(folder / JCDECAUX), JCDECAUX, problem)
        return
    status = _by_id(folder / STATUS, problem)
    dutch = _by_id(folder / INFORMATION_NL, problem) if (folder / INFORMATION_NL).is_file() else {}
    for station_id, information in _by_id(folder / INFORMATION, problem).items():
        now = status.pop(station_id, None)
        try:
            if now is None:
                raise ValueError("no figures")
            if values.truth(now.get("is_installed"), True):
                yield _station(station_id, information, now, dutch.get(station_id, {}))
        except _FAULTS as error:
            problem(INFORMATION, None, f"station {station_id!r}: {error}")
    for station_id in status:
        problem(STATUS, None, f"station {station_id!r}: figures of a station that is nowhere")


def _station(
    station_id: str, information: Mapping[str, Any], status: Mapping[str, Any], dutch: Mapping[str, Any]
) -> Station:
    name_fr, name_nl = names_of(information["name"], dutch.get("name"))
    lat, lon = values.point(information.get("lat"), information.get("lon"))
    bikes = status.get("num_vehicles_available", status.get("num_bikes_available"))
    virtual = values.truth(information.get("is_virtual_station"), False)
    return Station(
        id=station_id,
        name_fr=name_fr,
        name_nl=name_nl,
        lat=lat,
        lon=lon,
        capacity=values.optional_count(information.get("capacity"), "capacity"),
        virtual=virtual,
        bikes=values.count(bikes, "bikes"),
        docks=None if virtual else values.optional_count(status.get("num_docks_available"), "docks"),
        renting=values.truth(status.get("is_renting"), True),
        returning=values.truth(status.get("is_returning"), True),
        reported_at=values.instant(status.get("last_reported")),
    )


def _by_id(path: Path, problem: Report) -> dict[str, Mapping[str, Any]]:
    content = _content(path)
    data = content.get("data") if isinstance(content, Mapping) else None
    stations = data.get("stations") if isinstance(data, Mapping) else None
    if not isinstance(stations, list) or not stations:
        raise UnexpectedContentError(f"{path.name}: no stations")
    found: dict[str, Mapping[str, Any]] = {}
    for position, station in enumerate(stations):
        station_id = station.get("station_id") if isinstance(station, Mapping) else None
        if not isinstance(station_id, str | int) or not 0 < len(str(station_id)) <= 80 or "\0" in str(station_id):
            problem(path.name, None, f"station {position}: no station_id")
        elif str(station_id) in found:
            problem(path.name, None, f"station {station_id!r}: a second time")
        else:
            found[str(station_id)] = station
    return found


def _content(path: Path) -> Any:
    try:
        return orjson.loads(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except OSError as error:
        raise UnexpectedContentError(f"{path.name}: cannot be read: {error.strerror}") from error
    except orjson.JSONDecodeError as error:
        raise UnexpectedContentError(f"{path.name}: not JSON: {error}") from error
