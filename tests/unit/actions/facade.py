"""A small city behind the façade's real paths and shapes, answered in process over httpx."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import unquote

import httpx

from kit.clock import BRUSSELS
from kit.text import fold
from tests.unit.actions import city_data as data
from tests.unit.actions import journeys_facade, mobility_facade, permit_facade, waste_facade
from tests.unit.actions.facade_answers import ENVELOPE, page, problem
from tests.unit.actions.facade_places import house as _house
from tests.unit.actions.facade_places import known as _known

Json = dict[str, Any]


class Facade:
    """Answers requests; ``down`` makes it fail as a server that is away, ``broken`` as one that answers rubbish."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.down: type[httpx.TransportError] | int | None = None
        self.broken = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        self.requests.append(request)
        if isinstance(self.down, int):
            return httpx.Response(self.down, text="Bad gateway")
        if self.down is not None:
            raise self.down("no answer", request=request)
        if self.broken:
            return httpx.Response(200, json={"items": [{"unheard": "of"}], "place": {}, "names": 3})
        path = unquote(request.url.path)
        for start, answer in _ROUTES:
            if path.startswith(start):
                return answer(path.removeprefix(start), request.url.params)
        return problem(404, "not_found")

    def asked(self, path: str) -> list[dict[str, str]]:
        """Return the parameters of the requests to a path, oldest first."""
        return [dict(each.url.params) for each in self.requests if unquote(each.url.path) == path]


def _search(_: str, given: httpx.QueryParams) -> httpx.Response:
    words, kinds = fold(given["q"]).split(), given["kinds"].split(",")
    number = words[-1].upper() if len(words) > 1 and words[-1][0].isdigit() else None
    wanted = " ".join(words[:-1] if number else words)
    found = []
    for place in data.PLACES:
        names = [fold(name) for name in (*place["name"].values(), *place.get("aliases", ()))]
        score = max(SequenceMatcher(None, wanted, name).ratio() for name in names)
        if place["kind"] in kinds and score > 0.5:
            hit = {**place, "match": "exact" if wanted in names else "fuzzy", "score": score, "exact": wanted in names}
            found.append(_house(hit, number) if number and place["kind"] == "street" else hit)
    found.sort(key=lambda each: -each["score"])
    return page(found[: int(given.get("limit", 10))])


def _near(_: str, given: httpx.QueryParams) -> httpx.Response:
    stops = [place for place in data.PLACES if place["kind"] in given["kinds"].split(",")]
    return page([{**stop, "distance_m": 180.0 + 400 * i} for i, stop in enumerate(stops)][: int(given["limit"])])


def _place(place_id: str, _: httpx.QueryParams) -> httpx.Response:
    place = _known(place_id)
    return httpx.Response(200, json={**ENVELOPE, **place}) if place else problem(404, "place_not_found")


def _collections(_: str, given: httpx.QueryParams) -> httpx.Response:
    place = _known(given["place"])
    if place is None:
        return problem(404, "place_not_found")
    street = f"street:{given['place'].split(':')[1]}"
    if street in data.BY_NUMBER and place["kind"] == "street":
        return problem(409, "house_number_needed")
    if street in data.WITHOUT_ROUNDS:
        return problem(404, "no_rounds_for_place")
    last = datetime.fromisoformat(given["from"]).date() + timedelta(days=int(given["days"]))
    if given["from"] > data.LAST_DAY:
        return problem(404, "dates_not_covered")
    last_day = min(last.isoformat(), data.LAST_DAY)
    items = [each for each in data.COLLECTIONS if given["from"] <= each["collection_date"] <= last.isoformat()]
    return httpx.Response(200, json={**ENVELOPE, "place": place, "items": items, "last_day": last_day})


def _messages(_: str, given: httpx.QueryParams) -> httpx.Response:
    line = given.get("line")
    if line == "999":
        return problem(404, "line_not_found")
    if line == "95" and "stop" in given:
        return problem(404, "line_not_at_stop", [{"id": "stib-mivb:tram:81", "short_name": "81", "mode": "tram"}])
    items = [each for each in data.MESSAGES if line in (None, each["line"]) and "stop" not in given]
    return httpx.Response(200, json={**ENVELOPE, "items": items[: int(given["limit"])], "total": len(items)})


def _sorting(_: str, given: httpx.QueryParams) -> httpx.Response:
    wanted, lang = fold(given["q"]), given["lang"]
    found = [each for each in data.SORTING if any(fold(name) in wanted for name in each["names"].values())]
    if not found:
        near = [
            {"id": each["id"], "name": each["names"][lang], "names": each["names"]}
            for each in (data.SORTING[0], data.SORTING[-1])
        ]
        return problem(404, "sorting_item_not_found", near if "near" in wanted else [])
    items = [_sorted(each, lang) for each in found]
    return httpx.Response(200, json={**ENVELOPE, "items": items, "ambiguous": len(items) > 1})


def _sorting_item(item_id: str, given: httpx.QueryParams) -> httpx.Response:
    found = next((each for each in data.SORTING if each["id"] == item_id), None)
    if found is None:
        return problem(404, "sorting_item_not_found")
    return httpx.Response(200, json={**ENVELOPE, **_sorted(found, given["lang"])})


def _services(_: str, given: httpx.QueryParams) -> httpx.Response:
    wanted = fold(given.get("q", ""))
    return page([{**each, "score": 0.9} for each in data.SERVICES if any(word in wanted for word in each["words"])])


def _sorted(item: Json, lang: str) -> Json:
    words = {key: value[lang] if value else None for key, value in item["texts"].items()}
    where = {"id": words["where"], "kind": "bag", "name": words["where"], "how": words["how"]}
    elsewhere = [{"id": "there", "name": "…", "how": "…", **each} for each in item.get("also", ())]
    return {
        "id": item["id"],
        "name": item["names"][lang],
        "destinations": [where, *elsewhere],
        "why": words["why"],
        "trap": words["trap"],
    }


def _departures(rest: str, given: httpx.QueryParams) -> httpx.Response:
    stop = _known(rest.removesuffix("/departures"))
    if stop is None:
        return problem(404, "stop_not_found")
    items = [each for each in data.DEPARTURES if each["stop"] == stop["id"]]
    line, towards = given.get("line"), given.get("towards")
    if line and line not in {each["line"]["short_name"] for each in data.DEPARTURES}:
        return problem(404, "line_not_found")
    if line and not (items := [each for each in items if each["line"]["short_name"] == line]):
        return problem(404, "line_not_at_stop")
    mode = given.get("mode")
    if mode and not (items := [each for each in items if each["line"]["mode"] == mode]):
        return problem(404, "mode_not_at_stop")
    if towards and not (items := [each for each in items if fold(towards) in map(fold, each["headsign"].values())]):
        return problem(404, "towards_not_served")
    if at := given.get("at"):
        start = datetime.fromisoformat(at)
        items = [each for each in items if datetime.fromisoformat(each["scheduled"]) >= start]
    lines = list({each["line"]["short_name"]: each["line"] for each in items}.values())
    body = {**ENVELOPE, "realtime": True, "stop": stop, "lines": lines, "items": items[: int(given["limit"])]}
    return httpx.Response(200, json=body)


def _procedures(_: str, given: httpx.QueryParams) -> httpx.Response:
    wanted, lang = fold(given.get("q", "")), given["lang"]
    return page(
        [
            {"id": key, "name": each["name"][lang]}
            for key, each in data.PROCEDURES.items()
            if not wanted or any(wanted in fold(alias) for alias in (key, *each["name"].values(), *each["aliases"]))
        ]
    )


def _procedure(procedure_id: str, given: httpx.QueryParams) -> httpx.Response:
    found = data.PROCEDURES.get(procedure_id)
    if found is None:
        return problem(404, "procedure_not_found")
    lang, commune = given["lang"], given.get("commune")
    facets = {name: value[lang] for name, value in found["facets"].items()}
    if commune in found["in_communes"]:
        facets |= {name: value[lang] for name, value in found["in_communes"][commune].items()}
    body = {"id": procedure_id, "name": found["name"][lang], "summary": found["summary"][lang], "facets": facets}
    body |= {"varies_by_commune": found["varies_by_commune"], "authority": "Commune", "commune": commune}
    extras = permit_facade.procedure_extras(procedure_id, given)
    if isinstance(extras, httpx.Response):
        return extras
    body |= {"valid_from": "2026-01-01", "source_url": "https://p.example", **extras}
    return httpx.Response(200, json={**ENVELOPE, **body})


def _commune(slug: str, _: httpx.QueryParams) -> httpx.Response:
    found = data.COMMUNES.get(slug)
    return httpx.Response(200, json={**ENVELOPE, **found}) if found else problem(404, "commune_not_found")


def _contacts(_: str, given: httpx.QueryParams) -> httpx.Response:
    lang = given["lang"]
    return page(
        [{**each, "name": each["names"][lang], "when_to_call": each["when_to_call"][lang]} for each in data.CONTACTS]
    )


_ROUTES: list[tuple[str, Callable[[str, httpx.QueryParams], httpx.Response]]] = [
    *journeys_facade.ROUTES,
    ("/v1/places/search", _search),
    ("/v1/places/near", _near),
    ("/v1/places/", _place),
    ("/v1/waste/collections", _collections),
    *waste_facade.ROUTES,
    ("/v1/requests/services", _services),
    ("/v1/waste/sorting/", _sorting_item),
    ("/v1/waste/sorting", _sorting),
    ("/v1/transport/messages", _messages),
    *mobility_facade.ROUTES,
    ("/v1/transport/stops/", _departures),
    *permit_facade.ROUTES,
    ("/v1/permits/procedures/", _procedure),
    ("/v1/permits/procedures", _procedures),
    ("/v1/communes/", _commune),
    ("/v1/contacts", _contacts),
]

#: A Tuesday afternoon: the telephone service and the counters are open.
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=BRUSSELS)
