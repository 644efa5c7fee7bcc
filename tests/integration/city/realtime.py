"""What real-time sources say in tests, and a server on loopback that says it as they do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from google.transit import gtfs_realtime_pb2 as pb

from services.city.core.datasets import ImportReport
from services.importers.gtfs import GtfsImporter
from services.importers.registry import IMPORTERS
from tests.integration.city import gtfs

TIMETABLE = "gtfs:test"

#: Tram 7 leaves Nord every ten minutes from 8 to 10 for Midi by Bourse; at 8:25 one goes no further than Bourse.
#: Bus 29 leaves Nord twice. Stops have STIB-MIVB's kind of ids.
DEPARTURES = [f"{8 + minute // 60:02d}:{minute % 60:02d}:00" for minute in range(0, 120, 10)]


def network(path: Path) -> Path:
    """Write the timetable."""
    trips = [f"r7,daily,7-{at[:5].replace(':', '')},Midi,0,1" for at in DEPARTURES]
    calls = []
    for at in DEPARTURES:
        trip, hour, minute = f"7-{at[:5].replace(':', '')}", int(at[:2]), int(at[3:5])
        for number, stop in enumerate(("0631", "6934", "5008")):
            minutes = hour * 60 + minute + 5 * number
            time = f"{minutes // 60:02d}:{minutes % 60:02d}:00"
            calls.append(f"{trip},{time},{time},{stop},{number + 1},,,")
    trips += ["r7,daily,7-short,Bourse,0,", "r29,daily,29-a,Hôpital,0,", "r29,daily,29-b,Hôpital,0,"]
    calls += ["7-short,08:25:00,08:25:00,0631,1,,,", "7-short,08:30:00,08:30:00,6934,2,,,"]
    for trip, at in (("29-a", "08:20:00"), ("29-b", "09:20:00")):
        calls += [f"{trip},{at},{at},0632,1,,,", f"{trip},10:00:00,10:00:00,9000,2,,,"]
    return gtfs.folder(
        path,
        {
            "agency.txt": gtfs.FEED["agency.txt"].replace('"Transports, tests"', "STIB-MIVB"),
            "stops.txt": "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,platform_code\n"
            "nord,Gare du Nord,50.8600,4.3600,1,,\n0631,Gare du Nord,50.8600,4.3600,0,nord,1\n"
            "0632,Gare du Nord,50.8601,4.3601,0,nord,2\n6934,Bourse,50.8480,4.3490,,,\n5008,Midi,50.8360,4.3365,,,\n"
            "9000,Hôpital,50.8800,4.3000,,,\n",
            "routes.txt": "route_id,agency_id,route_short_name,route_long_name,route_type\n"
            "r7,tec,7,Nord - Midi,0\nr29,tec,29,Nord - Hôpital,3\n",
            "trips.txt": gtfs.FEED["trips.txt"].split("\n")[0] + "\n" + "\n".join(trips) + "\n",
            "stop_times.txt": gtfs.FEED["stop_times.txt"].split("\n")[0] + "\n" + "\n".join(calls) + "\n",
            "translations.txt": None,
            "frequencies.txt": None,
        },
    )


def import_network(app: FastAPI, path: Path) -> None:
    """Import the timetable."""
    GtfsImporter().run(app.state.engine, network(path), app.state.clock, feed=TIMETABLE)


def poll(app: FastAPI, path: Path, name: str, content: bytes) -> ImportReport:
    """Store what a source says now."""
    path.write_bytes(content)
    return IMPORTERS[name].run(app.state.engine, path, app.state.clock, feed=TIMETABLE)


def waiting_times(*rows: tuple[str, str, list[tuple[str, str] | tuple[str, str, str]]]) -> bytes:
    """Return WaitingTimes: (point, line, [(destination, local time on 23 November, message?)])."""
    results = [
        {
            "pointid": point,
            "lineid": line,
            "passingtimes": json.dumps(
                [
                    {
                        "destination": {"fr": destination, "nl": destination},
                        "expectedArrivalTime": f"2026-11-23T{at}+01:00",
                        "lineId": line,
                        **({"message": {"fr": more[0]}} if more else {}),
                    }
                    for destination, at, *more in found
                ]
            ),
        }
        for point, line, found in rows
    ]
    return json.dumps({"total_count": len(results), "results": results}).encode()


def travellers_information(*rows: dict[str, Any]) -> bytes:
    """Return TravellersInformation: rows of ``texts``, ``lines``, ``points``, ``priority``."""
    return json.dumps(
        {
            "totalCount": len(rows),
            "results": [
                {
                    "content": json.dumps([{"text": [row["texts"]], "type": "Description"}]),
                    "type": "LongText",
                    "lines": json.dumps([{"id": each} for each in row.get("lines", ())]),
                    "points": json.dumps([{"id": each} for each in row.get("points", ())]),
                    "priority": row.get("priority", 4),
                }
                for row in rows
            ],
        }
    ).encode()


def gtfs_realtime(made_at: int) -> Any:
    """Return an empty feed of GTFS Realtime."""
    message = pb.FeedMessage()
    message.header.gtfs_realtime_version = "2.0"
    message.header.timestamp = made_at
    return message
