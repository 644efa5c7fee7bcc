"""What the façade of the tests knows of getting around."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def _zone(zone_id: str, colour: str, **more: Any) -> Json:
    hours = {"days": ["mon", "tue", "wed", "thu", "fri", "sat"], "opens": "09:00", "closes": "21:00", "note": None}
    return {
        "id": zone_id,
        "colour": colour,
        "name": {"fr": f"{zone_id} FR", "nl": f"{zone_id} NL", "en": f"{zone_id} EN"},
        "text": {"fr": "Payant.", "nl": "Betalend.", "en": "Paid."},
        "hours": [hours],
        "holds_at": True,
        "holds_next": None,
        "disc": False,
        "prices": [{"minutes": 30, "eur": 0.9}, {"minutes": 60, "eur": 1.8}, {"minutes": 270, "eur": 10.5}],
        "most_minutes": 270,
        "valid_from": "2023-05-01",
        "may_have_changed": True,
        "source_url": "https://parking.example/",
        **more,
    }


_GREEN, _RED = _zone("ixelles", "green"), _zone("toison-dor", "red", most_minutes=120)
_BLUE = _zone("haren", "blue", disc=True, prices=[], most_minutes=120, may_have_changed=False)
_NO_HOURS = _zone("schaerbeek", "green", hours=[], holds_at=None, most_minutes=None)


def _at(fr: str, nl: str, *zones: Json) -> Json:
    return {"name": {"fr": fr, "nl": nl}, "zones": zones}


#: Parking zones by place.
PARKING: dict[str, Json] = {
    "street:20": _at("Avenue de la Couronne", "Kroonlaan", _GREEN),
    "address:20:100": _at("Avenue de la Couronne", "Kroonlaan", _GREEN),
    "street:1": _at("Rue Blaes", "Blaesstraat", _RED, _GREEN),
    "address:1:20": _at("Rue Blaes", "Blaesstraat", _RED),
    "street:2": _at("Rue de la Loi", "Wetstraat", _NO_HOURS),
    "street:21": _at("Drève du Prieuré", "Priorijdreef"),
    "street:11": _at("Rue de l'Église", "Kerkstraat", _BLUE),
    "stop:flagey": _at("Flagey", "Flagey", _GREEN),
    "stop:vanderkindere": _at("Vanderkindere", "Vanderkindere"),
    "commune:ixelles": _at("Ixelles", "Elsene", _RED, _GREEN),
}

#: Public car parks by the place that they are near.
CAR_PARKS: dict[str, list[Json]] = {
    "stop:flagey": [
        {
            "name": {"fr": "Parking Place Flagey", "nl": "Parking Flageyplein"},
            **{"lat": 50.8275, "lon": 4.3722, "distance_m": 30, "capacity": 180},
        },
        {
            "name": {"fr": "Parking Couronne", "nl": "Parking Kroon"},
            **{"lat": 50.83, "lon": 4.38, "distance_m": 700, "capacity": None},
        },
    ]
}

#: What zones of a colour have in common.
COLOURS: list[Json] = [
    {"colour": "grey", "zones": 2, "disc": False, "prices": [{"minutes": 60, "eur": 3.5}], "most_minutes": 270},
    {"colour": "blue", "zones": 1, "disc": True, "prices": [], "most_minutes": 120},
]

#: Whether a rule holds, by the moment asked about: a Sunday, a Saturday, a Thursday evening, Christmas on a Friday.
RULE_HOLDS: dict[str, Json] = {
    "2026-11-29T00:00:00+01:00": {"holds_at": False, "holds_next": "2026-11-30T09:00:00+01:00"},
    "2026-11-28T00:00:00+01:00": {"holds_at": False, "holds_next": "2026-11-28T09:00:00+01:00"},
    "2026-12-25T00:00:00+01:00": {"holds_at": False, "holds_next": "2026-12-26T09:00:00+01:00"},
    "2026-11-26T22:00:00+01:00": {"holds_at": False, "holds_next": "2026-11-27T09:00:00+01:00"},
}


def _said(what: str) -> dict[str, str]:
    return {language: f"{what} {language}" for language in ("fr", "nl", "en")}


#: The rule of the low-emission zone, and what else there is to know of it.
LEZ_RULE: Json = {
    "text": _said("rule"),
    "starts": "2025-09-11",
    "ends": "2027-12-31",
    "source_url": "https://lez.example/",
}
LEZ_FINE, LEZ_PASS = _said("fine"), _said("pass")
LEZ: Json = {
    "registration": _said("registration"),
    "exemptions": _said("exemptions"),
    "known_until": "2027-12-31",
    "check_url": "https://check.example/",
}


def _fare(fare_id: str, ticket: str, price: float | None, words: list[str], **more: Any) -> Json:
    base = {"from_age": None, "to_age": None, "condition": "none", "valid_from": "2025-02-01", "may_have_changed": True}
    texts = {"name": _said(fare_id), "conditions": _said("conditions"), "where": _said("where")}
    site = "https://fares.example/"
    return {
        "id": fare_id,
        "ticket": ticket,
        "price_eur": price,
        "words": words,
        "source_url": site,
        **base,
        **texts,
        **more,
    }


FARES: list[Json] = [
    _fare("child", "free", 0, ["bébé"], to_age=11),
    _fare("youth", "year", 12, ["étudiant"], from_age=12, to_age=24, condition="resident"),
    _fare("senior", "year", 12, ["senior"], from_age=65, condition="resident"),
    _fare("single", "single", 2.3, ["ticket"]),
    _fare("brupass", "single", 2.7, ["Brupass"]),
    _fare("month", "month", 55, ["abonnement"]),
    _fare("bim", "month", None, ["BIM"], condition="bim"),
]


def _bike(name: str, distance_m: int, bikes: int, docks: int | None, reported_at: str | None) -> Json:
    counts = {"bikes": bikes, "docks": docks, "reported_at": reported_at, "age_minutes": None}
    return {"id": name, "name": {"fr": name, "nl": name}, "lat": 50.8, "lon": 4.37, "distance_m": distance_m, **counts}


#: Bike-share stations by the place that they are near to.
BIKES: dict[str, list[Json]] = {
    "stop:flagey": [
        _bike("Flagey", 61, 0, 20, "2026-11-24T14:55:00+01:00"),
        _bike("Bailli", 643, 18, 0, "2026-11-24T14:58:00+01:00"),
        _bike("Janson", 900, 3, 4, "2026-11-24T14:57:00+01:00"),
    ],
    "street:20": [_bike("Couronne", 100, 5, None, "2026-11-23T08:10:00+01:00")],
    "street:2": [_bike("Loi", 100, 0, 0, None)],
    "street:21": [],
}

OPERATORS = {
    "stib": {"fr": "STIB", "nl": "MIVB"},
    "sncb": {"fr": "SNCB", "nl": "NMBS"},
    "tec": {"fr": "TEC", "nl": "TEC"},
}


def _office(operator: str, *modes: str, **more: Any) -> Json:
    known = {"valid_from": "2022-12-12", "may_have_changed": True, "phone": None, "fee_eur": None}
    texts = {"how": _said(f"how {operator}"), "collect": _said("collect")}
    return {"id": operator, "modes": modes, "url": f"https://{operator}.example/", **known, **texts, **more}


LOST: list[Json] = [
    _office("stib", "tram", "bus", "metro", phone="070 23 20 00", fee_eur=5),
    _office("sncb", "train"),
    _office("tec", "bus"),
]


def _line(name: str, mode: str, boarding: bool | None, platforms: bool | None = None) -> Json:
    return {"id": name, "short_name": name, "mode": mode, "boarding": boarding, "platforms": platforms}


def _reached(stop_id: str, name: str, wheelchair: bool | None, *lines: Json, messages: tuple[Json, ...] = ()) -> Json:
    stop = {"id": stop_id, "name": {"fr": name, "nl": name}, "wheelchair": wheelchair}
    return {"stop": stop, "lines": lines, "messages": messages}


_LIFT = {"id": "lift", "texts": {"fr": "Ascenseur en panne.", "nl": "Lift defect.", "en": "Lift out of order."}}
_WORKS = {"id": "works", "texts": {"fr": "Arrêt déplacé.", "nl": "Halte verplaatst.", "en": "Stop moved."}}

#: What is known of boarding in a wheelchair, by stop.
ACCESS: dict[str, Json] = {
    "stop:flagey": _reached(
        "stop:flagey", "Flagey", None, _line("81", "tram", None), _line("71", "bus", False), messages=(_WORKS,)
    ),
    "stop:porte-de-namur": _reached(
        "stop:porte-de-namur",
        "Porte de Namur",
        True,
        _line("2", "metro", True, True),
        _line("6", "metro", None, True),
        messages=(_WORKS, _LIFT),
    ),
    "stop:vanderkindere": _reached("stop:vanderkindere", "Vanderkindere", False, _line("1", "metro", None)),
}
