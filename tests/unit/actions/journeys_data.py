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


def _stop(name: str) -> Json:
    return {"id": f"stop:{name.lower()}", "name": {"fr": name, "nl": name}}


def _hour(hour: int, every: int | None) -> Json:
    since, until = (f"{DAY}T{each:02}:00:00+01:00" for each in (hour, hour + 1))
    return {"since": since, "until": until, "departures": 1 if every is None else 60 // every, "every_minutes": every}


def _way(name: str, stops: list[str], hours: list[Json]) -> Json:
    return {"headsign": {"fr": name, "nl": name}, "stops": [_stop(each) for each in stops], "frequency": hours}


_HOURS = [*(_hour(each, 15) for each in (5, 6)), _hour(7, 8), _hour(8, 9), _hour(9, None), _hour(10, 10)]

#: Lines by their names, with their ways.
LINES: dict[str, Json] = {
    "81": {
        **T81,
        "name": {"fr": "Marius Renard - Montgomery", "nl": "Marius Renard - Montgomery"},
        "operator": "STIB-MIVB",
        "directions": [
            _way("Montgomery", ["Renard", "Flagey", "Merode", "Montgomery"], _HOURS),
            _way("Renard", ["Montgomery", "Merode", "Flagey", "Renard"], _HOURS),
        ],
    },
    "N04": {
        "id": "n04",
        "short_name": "N04",
        "mode": "bus",
        "name": {"fr": "Gare Centrale", "nl": "Centraal Station"},
        "operator": "STIB-MIVB",
        "directions": [_way("Gare Centrale", ["Flagey", "Parc"], [])],
    },
}

NIGHT = {
    **{key: LINES["N04"][key] for key in ("id", "short_name", "mode")},
    "headsigns": [{"fr": "Gare Centrale", "nl": "Centraal Station"}],
    "departs": "2026-11-25T00:33:00+01:00",
    "last": "2026-11-25T03:00:00+01:00",
}


#: Stops at which the line 81 begins.
ENDS = {f"stop:{name.lower()}": _stop(name) for name in ("Renard", "Montgomery")}


def _edge(stop: str, moment: str) -> Json:
    return {"scheduled": moment, "stop": _stop(stop), "platform": None, "trip_id": "1", "headway_minutes": None}


def first_last(line: str, stop: str | None, day: str) -> Json:
    """Return a line's first and last departures of a day; the night bus runs on Fridays only."""
    runs = line != "N04" or day == "2026-11-27"
    directions = [
        {
            "headsign": way["headsign"],
            "direction": 0,
            "departures": 100,
            "first": _edge(
                stop or way["stops"][0]["name"]["fr"],
                f"{day}T05:38:00+01:00" if line != "N04" else "2026-11-28T00:23:00+01:00",
            ),
            "last": _edge(stop or way["stops"][0]["name"]["fr"], "2026-11-25T00:23:00+01:00"),
        }
        for way in LINES[line]["directions"]
        if runs
    ]
    night = {**NIGHT, "night": stop in {"Flagey", "Montgomery"}}
    if day == "2026-11-30":  # a Monday
        night["departs"] = night["last"]
    after = [] if day == "2026-11-29" else [night]
    return {
        "line": {key: LINES[line][key] for key in ("id", "short_name", "mode")},
        "stop": _stop(stop) if stop else None,
        "service_day": day,
        "directions": directions,
        "next_service_day": None if runs or day > "2027" else "2026-11-27",
        "afterwards": after if stop and runs else None,
    }


#: Stops near any place.
NEAR = [
    {
        **_stop("Flagey"),
        "kind": "stop",
        "commune": None,
        "lat": 50.8277,
        "lon": 4.3722,
        "lines": [{**T81, "headsigns": [MONTGOMERY, {"fr": "Renard", "nl": "Renard"}]}],
        "walk_m": 154,
        "walk_minutes": 2,
    },
    {
        **_stop("Merode"),
        "kind": "stop",
        "wheelchair": True,
        "commune": None,
        "lat": 50.8394,
        "lon": 4.3981,
        "lines": [{**T81, "headsigns": [MONTGOMERY]}, {**M6, "headsigns": [ROI]}],
        "walk_m": 1_090,
        "walk_minutes": 14,
    },
]
