"""The town of these tests, beside the network of ``tests.integration.city.gtfs``, and how it is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.integration.city import best, gtfs
from tests.integration.city.conftest import Client

PATH = "/v1/transport/journeys"
#: One address near each of two stops.
STREETS = [
    best.line(4, "Place Eugène Flagey", "Eugène Flageyplein", "1050", "18", lat=50.8275, lon=4.3720),
    best.line(5, "Rue du Midi", "Zuidstraat", "1060", "3", lat=50.8363, lon=4.3367),
]
#: A second operator: a train from beside Gare du Midi, by the north, to where nobody else goes.
TRAINS: gtfs.Files = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\nsncb,Trains,https://trains.example,Europe/Brussels\n",
    "stops.txt": """\
stop_id,stop_name,stop_lat,stop_lon,wheelchair_boarding
bm,Bruxelles-Midi,50.8355,4.3362,1
bn,Bruxelles-Nord,50.8605,4.3605,1
far,Gare lointaine,50.9800,4.4800,1
""",
    "routes.txt": "route_id,agency_id,route_short_name,route_long_name,route_type\nic,sncb,IC,Midi - Lointaine,2\n",
    "calendar.txt": gtfs.FEED["calendar.txt"].split("weekday")[0] + "daily,1,1,1,1,1,1,1,20260301,20270630\n",
    "trips.txt": "route_id,service_id,trip_id,trip_headsign,wheelchair_accessible\nic,daily,ic-0,Lointaine,\n"
    "ic,daily,ic-1,Lointaine,1\n",
    "stop_times.txt": """\
trip_id,arrival_time,departure_time,stop_id,stop_sequence
ic-0,08:05:00,08:05:00,bm,1
ic-0,08:35:00,08:35:00,far,2
ic-1,08:25:00,08:25:00,bm,1
ic-1,08:32:00,08:32:00,bn,2
ic-1,08:55:00,08:55:00,far,3
""",
}


def trains(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name, text in TRAINS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def ask(city: Client, origin: str, to: str, **more: Any) -> dict[str, Any]:
    response = city.get(PATH, params={"from": origin, "to": to, **more})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def problem(city: Client, origin: str, to: str, status: int = 404, **more: Any) -> dict[str, Any]:
    response = city.get(PATH, params={"from": origin, "to": to, **more})
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    return body


def trips(journey: dict[str, Any]) -> list[str]:
    """Return what one rides, and ``-`` for each walk."""
    return [leg["trip_id"] if leg["kind"] == "ride" else "-" for leg in journey["legs"]]


def times(journey: dict[str, Any]) -> tuple[str, str]:
    return journey["departure"], journey["arrival"]
