"""The façade of the tests on container parks, drop-off points and the rules about bags."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from tests.unit.actions import waste_data as data
from tests.unit.actions.facade_answers import page

Json = dict[str, Any]


def _parks(_: str, given: httpx.QueryParams) -> httpx.Response:
    on = given.get("on", "2026-11-24")
    spans = [{"opens": f"{on}T09:00:00+01:00", "closes": f"{on}T16:00:00+01:00"}]
    because = data.CLOSED_BECAUSE.get(on)
    day = {
        "date": on,
        "public_holiday": on in data.HOLIDAYS,
        "closed_because": because[given["lang"]] if because else None,
    }
    near = "place" in given
    return page(
        [
            {
                **each,
                "on_date": {**day, "openings": spans if each["id"] in data.OPEN_DAYS.get(on, ()) else []},
                "distance_m": 1240 * (at + 1) if near else None,
                "accepts": [_taken(one, given["lang"]) for one in each["accepts"]],
                "bring": [one[given["lang"]] for one in each["bring"]],
                "rules": [one[given["lang"]] for one in each["rules"]],
            }
            for at, each in enumerate(data.PARKS)
        ]
    )


def _taken(material: str, lang: str) -> Json:
    found = data.TAKEN[material]
    limit = found["limit"]
    return {"id": material, "name": found["name"][lang], "limit": limit[lang] if limit else None}


def _points(_: str, given: httpx.QueryParams) -> httpx.Response:
    found = [each for each in data.POINTS if given["material"] in each["materials"]]
    lang = given["lang"]
    items = [
        {**each, "name": each["name"][lang], "note": each["note"][lang], "distance_m": 348 + 100 * at}
        for at, each in enumerate(found)
    ]
    return page(items[: int(given["limit"])])


def _rules(_: str, given: httpx.QueryParams) -> httpx.Response:
    lang, fraction = given["lang"], given.get("fraction")
    held = [each for each in data.RULES if fraction is None or not each["fractions"] or fraction in each["fractions"]]
    return page(
        [
            {
                **each,
                "text": each["text"][lang],
                "title": each["title"][lang],
                "read_on": {"name": "Rules", "url": each["url"]},
            }
            for each in held
        ]
    )


ROUTES: list[tuple[str, Callable[[str, httpx.QueryParams], httpx.Response]]] = [
    ("/v1/waste/container-parks", _parks),
    ("/v1/waste/drop-off-points", _points),
    ("/v1/waste/rules", _rules),
]
