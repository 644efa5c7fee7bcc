"""The façade of the tests on getting around by car, by bike, with a ticket, without steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from tests.unit.actions import mobility_data as data
from tests.unit.actions.facade_answers import ENVELOPE, problem

Json = dict[str, Any]


def _in(language: str, value: Json) -> Json:
    """Return texts in one language."""
    return {key: each[language] if isinstance(each, dict) and "nl" in each else each for key, each in value.items()}


def _parking(_: str, given: httpx.QueryParams) -> httpx.Response:
    found = data.PARKING.get(given["place"])
    if found is None:
        return problem(404, "place_not_found")
    zones = [{**_in(given["lang"], zone), **data.RULE_HOLDS.get(given.get("at", ""), {})} for zone in found["zones"]]
    body = {"place": given["place"], "name": found["name"], "known": bool(zones), "exact": True, "zones": zones}
    return httpx.Response(200, json={**ENVELOPE, **body})


ROUTES: list[tuple[str, Callable[[str, httpx.QueryParams], httpx.Response]]] = [
    ("/v1/transport/parking-zones", _parking),
]
