"""Trips, stops nearby and lines of the small city that the façade of the tests knows."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

DAY = "2026-11-24"
M6 = {"id": "m6", "short_name": "6", "mode": "metro", "color": "#0078ad", "text_color": "#fff"}
T81 = {"id": "t81", "short_name": "81", "mode": "tram", "color": "#338C26", "text_color": "#000"}
MERODE = {"id": "stop:merode", "kind": "stop", "name": {"fr": "Merode", "nl": "Merode"}, "house_number": None}
FLAGEY = {"id": "stop:flagey", "kind": "stop", "name": {"fr": "Flagey", "nl": "Flagey"}, "house_number": None}

ROI = {"fr": "Roi Baudouin", "nl": "Koning Boudewijn"}
MONTGOMERY = {"fr": "Montgomery", "nl": "Montgomery"}


def _at(clock: str) -> str:
    return f"{DAY}T{clock}:00+01:00"


def _walk(start: Json, end: Json, times: tuple[str, str], walk_m: int) -> Json:
    return {"kind": "walk", "start": start, "end": end, **_times(times), "walk_m": walk_m}


def _ride(line: Json, headsign: Json, ends: tuple[Json, Json], times: tuple[str, str]) -> Json:
    start, end = ends
    where = {"start": start, "end": end, "stop_count": 7}
    return {"kind": "ride", "line": line, "headsign": headsign, **where, **_times(times)}


def _times(times: tuple[str, str]) -> Json:
    leaves, arrives = times
    return {"departure": _at(leaves), "arrival": _at(arrives), "minutes": int(arrives[-2:]) - int(leaves[-2:])}


def trips(origin: Json, destination: Json) -> list[Json]:
    """Return three trips: with a change, a little later without one, and on foot."""
    with_change = [
        _walk(origin, FLAGEY, ("15:03", "15:07"), 313),
        _ride(T81, MONTGOMERY, (FLAGEY, MERODE), ("15:07", "15:16")),
        _walk(MERODE, MERODE, ("15:17", "15:18"), 3),
        _ride(M6, ROI, (MERODE, FLAGEY), ("15:20", "15:29")),
        _walk(FLAGEY, destination, ("15:29", "15:32"), 204),
    ]
    direct = [_ride(T81, MONTGOMERY, (FLAGEY, MERODE), ("15:12", "15:40"))]
    on_foot = [_walk(origin, destination, ("15:01", "15:45"), 3_504)]
    return [
        _trip(with_change, transfers=1, walk_m=520),
        _trip(direct, transfers=0, walk_m=0),
        _trip(on_foot, transfers=0, walk_m=3_504),
    ]


def _trip(legs: list[Json], *, transfers: int, walk_m: int) -> Json:
    ends = {"departure": legs[0]["departure"], "arrival": legs[-1]["arrival"], "duration_minutes": 29}
    return {**ends, "transfers": transfers, "walk_m": walk_m, "step_free": None, "legs": legs}
