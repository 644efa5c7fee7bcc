"""Container parks, drop-off points and rules about bags of the façade of the tests."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

_WEEK = ["tue", "wed", "thu", "fri", "sat"]
_HOURS: list[Json] = [
    {"days": ["mon"], "opens": "12:00", "closes": "18:00", "note": None},
    {"days": _WEEK, "opens": "09:00", "closes": "16:00", "note": None},
]
_OPEN = {"open_now": True, "closes_at": "2026-11-24T16:00:00+01:00", "opens_next": None}
_SHUT = {"open_now": False, "closes_at": None, "opens_next": "2026-11-25T09:00:00+01:00"}


def _words(fr: str, nl: str, en: str) -> Json:
    return {"fr": fr, "nl": nl, "en": en}


TAKEN = {
    "tyres": {"name": _words("pneus", "banden", "tyres"), "limit": None},
    "rubble": {"name": _words("gravats", "steenpuin", "rubble"), "limit": None},
    "chemicals": {
        "name": _words("déchets chimiques", "gevaarlijk afval", "chemical waste"),
        "limit": _words("Trente litres par visite.", "Dertig liter per bezoek.", "Thirty litres per visit."),
    },
}


def _park(park_id: str, names: tuple[str, str], address: tuple[str, str], accepts: list[str], **more: Any) -> Json:
    return {
        "id": park_id,
        "kind": "recypark",
        "name": {"fr": f"Recypark {names[0]}", "nl": f"Recypark {names[1]}"},
        "address": {"fr": address[0], "nl": address[1]},
        "postcode": "1000",
        "lat": 50.879,
        "lon": 4.368,
        "hours": _HOURS,
        "phone": "0800 981 81",
        "website": "https://park.example/",
        "accepts": accepts,
        "bring": [_words("Votre carte d'identité", "Uw identiteitskaart", "Your identity card")],
        "rules": [_words("C'est gratuit.", "Het is gratis.", "It is free.")],
        **more,
    }


#: Parks from the nearest to the farthest, wherever one is; the first takes no rubble.
PARKS = [
    _park("north", ("Nord", "Noord"), ("Rue du Rupel", "Rupelstraat"), ["tyres", "chemicals"], **_OPEN),
    _park("south", ("Sud", "Zuid"), ("Rue Basse", "Lage Straat"), [*TAKEN], **_SHUT),
]

#: Days on which some parks are open, by their ids; every other day all are closed.
OPEN_DAYS = {"2026-11-24": ("north", "south"), "2026-11-26": ("south",), "2026-11-28": ("north", "south")}
CLOSED_BECAUSE = {"2026-12-01": _words("Travaux.", "Werken.", "Works.")}
HOLIDAYS = {"2026-12-25"}


def _point(point_id: str, kind: str, materials: list[str], name: Json, note: Json, **more: Any) -> Json:
    return {
        "id": point_id,
        "kind": kind,
        "materials": materials,
        "name": name,
        "note": note,
        "address": {"fr": "Place Liedts", "nl": "Liedtsplein"},
        "postcode": "1030",
        "lat": 50.8601,
        "lon": 4.3622,
        "hours": [],
        "open_now": None,
        "opens_next": None,
        "closes_at": None,
        **more,
    }


_GLASS = (_words("Bulle à verre", "Glasbol", "Glass bank"), _words("Sans bouchon.", "Zonder dop.", "No lids."))
_SHOP = (_words("Boîte en magasin", "Inzamelbox", "Shop box"), _words("Aux heures.", "Tijdens uren.", "In hours."))

#: Drop-off points from the nearest to the farthest.
POINTS = [
    _point("g1", "glass_bank", ["glass"], *_GLASS),
    _point("g2", "glass_bank", ["glass"], *_GLASS),
    _point("s1", "shop_box", ["batteries"], *_SHOP, hours=_HOURS, **_SHUT),
]


def _rule(rule_id: str, topic: str, words: Json, *fractions: str) -> Json:
    url = f"https://rules.example/{rule_id}"
    return {"id": rule_id, "topic": topic, "fractions": list(fractions), "text": words, "title": words, "url": url}


RULES = [
    _rule("white", "bags", _words("Le blanc.", "De witte.", "The white."), "white"),
    _rule("orange", "bags", _words("L'orange.", "De oranje.", "The orange."), "orange"),
    _rule("where", "sold", _words("Au magasin.", "In de winkel.", "In shops.")),
    _rule("bin", "sold", _words("Le bac est gratuit.", "Het bakje is gratis.", "The bin is free."), "orange"),
    _rule("price", "price", _words("Un euro.", "Eén euro.", "One euro."), "orange"),
    _rule("evening", "put_out", _words("Le soir.", "'s Avonds.", "In the evening.")),
    _rule("early", "put_out", _words("Avant 20 h.", "Voor 20 uur.", "Before 20:00.")),
    _rule("fine", "fines", _words("Cent euros.", "Honderd euro.", "A hundred euros.")),
    _rule("weight", "weight", _words("Quinze kilos.", "Vijftien kilo.", "Fifteen kilos.")),
]
