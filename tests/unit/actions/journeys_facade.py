"""The part of the tests' façade that knows how to get somewhere."""

from __future__ import annotations

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
    if origin["id"] == "street:20":
        return problem(404, "no_journey")
    if "2030" in given.get("at", ""):
        return problem(404, "dates_not_covered")
    ends = {"origin": origin, "destination": destination}
    return httpx.Response(200, json={**ENVELOPE, **ends, "items": journeys.trips(origin, destination)})


ROUTES = [("/v1/places/spot", spot), ("/v1/transport/journeys", trips)]
