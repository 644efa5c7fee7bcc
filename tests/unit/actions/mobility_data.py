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

#: Whether a rule holds, by the moment asked about: on a Sunday, on a Thursday at nine in the evening.
RULE_HOLDS: dict[str, Json] = {
    "2026-11-29T00:00:00+01:00": {"holds_at": False, "holds_next": "2026-11-30T09:00:00+01:00"},
    "2026-11-28T00:00:00+01:00": {"holds_at": False, "holds_next": "2026-11-28T09:00:00+01:00"},
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
