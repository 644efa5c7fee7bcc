"""The façade of the tests on getting around by car, by bike, with a ticket, without steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from tests.unit.actions import mobility_data as data
from tests.unit.actions.facade_answers import ENVELOPE, page, problem

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


def _car_parks(_: str, given: httpx.QueryParams) -> httpx.Response:
    return httpx.Response(200, json={**ENVELOPE, "items": data.CAR_PARKS.get(given["place"], [])})


def _colours(_: str, __: httpx.QueryParams) -> httpx.Response:
    return httpx.Response(200, json={**ENVELOPE, "items": data.COLOURS})


def _lez(_: str, given: httpx.QueryParams) -> httpx.Response:
    """Decide by the one rule: diesel has to be Euro 6, petrol Euro 3; a car of 2010 is taken for Euro 4."""
    lang, fuel = given["lang"], given.get("fuel")
    euro = given.get("euro") or ("4" if given.get("first_registered", "").startswith("2010") else None)
    facts = {"vehicle": given.get("vehicle"), "fuel": fuel, "euro": euro}
    missing = [name for name, value in facts.items() if value is None]
    least = 6 if fuel == "diesel" else 3
    verdict = "missing_facts" if missing else "allowed" if int(euro or 0) >= least else "not_allowed"
    if fuel == "electric":
        verdict, missing = "allowed", []
    elif given["date"] > "2027-12-31" or facts["vehicle"] == "lorry":
        verdict = "unknown"
    ruled = verdict in {"allowed", "not_allowed"} and fuel != "electric"
    body = {
        "date": given["date"],
        "verdict": verdict,
        "missing": missing,
        "euro": int(euro) if euro else None,
        "euro_estimated": bool(euro) and not given.get("euro"),
        "rule": _in(lang, data.LEZ_RULE) if ruled else None,
        "enforcement_text": data.LEZ_FINE[lang] if verdict == "not_allowed" else None,
        **_in(lang, data.LEZ),
        "day_pass_offer": {"price_eur": 35, "text": data.LEZ_PASS[lang]},
    }
    return httpx.Response(200, json={**ENVELOPE, **body})


def _fares(_: str, given: httpx.QueryParams) -> httpx.Response:
    age = int(given["age"]) if "age" in given else None
    items = [
        fare
        for fare in data.FARES
        if given.get("ticket") in (None, fare["ticket"])
        and (age is None or (fare["from_age"] or 0) <= age <= (fare["to_age"] or 120))
        and given.get("condition") in (None, fare["condition"])
        and ("q" not in given or any(word in given["q"] for word in fare["words"]))
    ]
    return page([_in(given["lang"], fare) for fare in items])


def _bikes(_: str, given: httpx.QueryParams) -> httpx.Response:
    if given["place"] not in data.BIKES:
        return problem(404, "place_not_found")
    return page(data.BIKES[given["place"]][: int(given["limit"])])


def _lost(_: str, given: httpx.QueryParams) -> httpx.Response:
    operator, mode = given.get("operator"), given.get("mode")
    items = [_in(given["lang"], each) for each in data.LOST if mode is None or mode in each["modes"]]
    items = [{**each, "name": data.OPERATORS[each["id"]]} for each in items if operator in (None, each["id"])]
    if operator and not items:
        return problem(404, "operator_not_found", [{"id": key, "name": name} for key, name in data.OPERATORS.items()])
    return page(items)


def _access_of(stop: str) -> Callable[[str, httpx.QueryParams], httpx.Response]:
    return lambda _rest, _given: httpx.Response(200, json={**ENVELOPE, **data.ACCESS[stop]})


ROUTES: list[tuple[str, Callable[[str, httpx.QueryParams], httpx.Response]]] = [
    ("/v1/transport/parking-zones", _parking),
    ("/v1/transport/parking-colours", _colours),
    ("/v1/transport/car-parks", _car_parks),
    ("/v1/transport/lez", _lez),
    ("/v1/transport/fares", _fares),
    ("/v1/transport/bike-stations", _bikes),
    ("/v1/transport/lost-property", _lost),
    *((f"/v1/transport/stops/{stop}/accessibility", _access_of(stop)) for stop in data.ACCESS),
]
