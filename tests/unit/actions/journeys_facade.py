"""The part of the tests' façade that knows how to get somewhere."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx

from tests.unit.actions import city_data as data
from tests.unit.actions import journeys_data as journeys
from tests.unit.actions.facade_answers import ENVELOPE, problem
from tests.unit.actions.facade_places import known

Json = dict[str, Any]


def spot(_: str, given: httpx.QueryParams) -> httpx.Response:
    """Find the names of places in a text, the longest first; they overlap nowhere."""
    found: list[Json] = []
    named = [(name, place) for place in data.PLACES for name in {*place["name"].values(), *place["aliases"]}]
    for name, place in sorted(named, key=lambda each: -len(each[0])):
        for hit in re.finditer(rf"\b{re.escape(name)}\b", given["text"], re.IGNORECASE):
            match = {**place, "match": "exact", "score": 1.0, "exact": True}
            same = next((each for each in found if each["start"] == hit.start() and each["end"] == hit.end()), None)
            if same is not None:
                same["matches"].append(match)
            elif all(hit.end() <= each["start"] or each["end"] <= hit.start() for each in found):
                found.append({"start": hit.start(), "end": hit.end(), "text": hit.group(), "matches": [match]})
    items = sorted(found, key=lambda each: each["start"])
    wanted = given["kinds"].split(",")
    return httpx.Response(
        200, json={**ENVELOPE, "items": [each for each in items if each["matches"][0]["kind"] in wanted]}
    )


def trips(_: str, given: httpx.QueryParams) -> httpx.Response:
    """Go from place to place; some places cannot be left, by what they are called."""
    origin, destination = known(given["from"]), known(given["to"])
    if origin is None or destination is None:
        return problem(404, "place_not_found")
    if origin["id"] == destination["id"]:
        return problem(422, "same_place")
    if origin["id"] == "street:21":
        return problem(404, "no_stop_nearby", [{**journeys.FLAGEY, "walk_m": 1_900}])
    if origin["id"] == "street:20" or given.get("modes") == "train":
        return problem(404, "no_journey")
    if "2030" in given.get("at", ""):
        return problem(404, "dates_not_covered")
    ends = {"origin": origin, "destination": destination}
    items = journeys.trips(origin, destination)
    if "T15" in given.get("arrive_by", ""):
        items = json.loads(json.dumps(items).replace("T15:", "T14:"))  # they left an hour ago
    return httpx.Response(200, json={**ENVELOPE, **ends, "items": items})


def lines(rest: str, given: httpx.QueryParams) -> httpx.Response:
    """Return a line, or its first and last departures; "7" is the name of two lines."""
    name, _, about = rest.partition("/")
    if name == "7":
        return problem(409, "line_ambiguous", [{**journeys.T81, "short_name": "7"}, {**journeys.M6, "short_name": "7"}])
    found = next(
        (each for key, each in journeys.LINES.items() if name.split()[-1:] == [key] or name == each["id"]), None
    )
    if found is None:
        return problem(404, "line_not_found", [journeys.T81] if name.isdigit() else [])
    day = given.get("date", journeys.DAY)
    if about != "first-last":
        return httpx.Response(200, json={**ENVELOPE, **found, "service_day": day})
    stop = known(given["stop"]) or journeys.ENDS.get(given["stop"]) if "stop" in given else None
    if "stop" in given and stop is None:
        return problem(404, "stop_not_found")
    if stop and stop["id"] == "stop:vanderkindere":
        return problem(404, "line_not_at_stop", [{**journeys.M6, "headsigns": []}])
    body = journeys.first_last(found["short_name"], stop["name"]["fr"] if stop else None, day)
    return httpx.Response(200, json={**ENVELOPE, **body})


def stops_near(_: str, given: httpx.QueryParams) -> httpx.Response:
    """Return stops near a place; no train stops anywhere."""
    if known(given["place"]) is None:
        return problem(404, "place_not_found")
    items = [each for each in journeys.NEAR if given.get("mode") in {None, *(line["mode"] for line in each["lines"])}]
    if "line" in given:
        items = [each for each in items if given["line"] in {line["short_name"] for line in each["lines"]}]
        if not items:
            return problem(404, "line_not_found", [journeys.T81])
    return httpx.Response(200, json={**ENVELOPE, "items": items, "total": len(items)})


ROUTES = [
    ("/v1/transport/stops/near", stops_near),
    ("/v1/places/spot", spot),
    ("/v1/transport/journeys", trips),
    ("/v1/transport/lines/", lines),
]
