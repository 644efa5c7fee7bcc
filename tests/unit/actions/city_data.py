"""The people-sized city that the façade of the tests knows."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def _commune(slug: str, fr: str, nl: str) -> Json:
    return {"id": slug, "name": {"fr": fr, "nl": nl}}


BRUSSELS_CITY = _commune("bruxelles", "Bruxelles", "Brussel")
IXELLES = _commune("ixelles", "Ixelles", "Elsene")
ETTERBEEK = _commune("etterbeek", "Etterbeek", "Etterbeek")
SAINT_JOSSE = _commune("saint-josse-ten-noode", "Saint-Josse-ten-Noode", "Sint-Joost-ten-Node")
UCCLE = _commune("uccle", "Uccle", "Ukkel")
EVERE = _commune("evere", "Evere", "Evere")
JETTE = _commune("jette", "Jette", "Jette")


def _place(place_id: str, fr: str, nl: str, commune: Json, *aliases: str) -> Json:
    kind = place_id.partition(":")[0]
    where = {"commune": commune, "postcode": "1000", "house_number": None, "lat": 50.84, "lon": 4.36}
    return {"id": place_id, "kind": kind, "name": {"fr": fr, "nl": nl}, "aliases": aliases, **where}


PLACES: list[Json] = [
    _place("street:1", "Rue Blaes", "Blaesstraat", BRUSSELS_CITY),
    _place("street:2", "Rue de la Loi", "Wetstraat", BRUSSELS_CITY),
    _place("street:3", "Rue du Moulin", "Molenstraat", SAINT_JOSSE),
    _place("street:4", "Rue du Moulin", "Molenstraat", EVERE),
    *(
        _place(f"street:{10 + i}", "Rue de l'Église", "Kerkstraat", commune)
        for i, commune in enumerate((BRUSSELS_CITY, IXELLES, ETTERBEEK, UCCLE, EVERE, JETTE))
    ),
    _place("street:20", "Avenue de la Couronne", "Kroonlaan", IXELLES),
    _place("street:21", "Drève du Prieuré", "Priorijdreef", UCCLE),
    _place("stop:flagey", "Flagey", "Flagey", IXELLES),
    _place("stop:vanderkindere", "Vanderkindere", "Vanderkindere", UCCLE),
    _place("stop:porte-de-namur", "Porte de Namur", "Naamsepoort", IXELLES),
    _place("landmark:atomium", "Atomium", "Atomium", BRUSSELS_CITY),
    *(
        _place(f"commune:{each['id']}", each["name"]["fr"], each["name"]["nl"], each)
        for each in (BRUSSELS_CITY, IXELLES, ETTERBEEK, SAINT_JOSSE, UCCLE, EVERE, JETTE)
    ),
]

LAEKEN = {**_place("locality:laeken", "Laeken", "Laken", BRUSSELS_CITY), "postcode": "1020"}
PLACES.append(LAEKEN)

#: House numbers that exist, by street.
HOUSES = {"street:1": {"20", "21", "22"}, "street:2": {"16"}, "street:11": {"5"}, "street:20": {"100"}}

#: The last day of the collection calendar.
LAST_DAY = "2027-01-31"

#: Streets whose rounds differ by house number, and one that has none.
BY_NUMBER = {"street:1"}
WITHOUT_ROUNDS = {"street:21"}


def _collection(fraction: str, put_out: str, collected: str, **more: Any) -> Json:
    hours = {"from": f"{put_out}T18:00:00+01:00", "until": f"{collected}T00:00:00+01:00"}
    return {
        "fraction": fraction,
        "collection_date": collected,
        "put_out": {"date": put_out, **hours},
        "evening_round": False,
        "moved_from": None,
        "holiday": None,
        **more,
    }


_CHRISTMAS = {"fr": "Noël", "nl": "Kerstmis", "en": "Christmas"}

COLLECTIONS: list[Json] = [
    _collection("white", "2026-11-24", "2026-11-25"),
    _collection("yellow", "2026-11-25", "2026-11-26"),
    _collection("blue", "2026-11-25", "2026-11-26"),
    _collection("white", "2026-12-01", "2026-12-02"),
    _collection("yellow", "2026-12-09", "2026-12-10"),
    _collection("orange", "2026-12-07", "2026-12-08", evening_round=True),
    _collection("white", "2026-12-18", "2026-12-19", moved_from="2026-12-18", holiday=_CHRISTMAS),
]


def _departure(stop: str, line: tuple[str, str], headsign: tuple[str, str], minutes: int, live: bool = True) -> Json:
    leaves = f"2026-11-24T{15 + minutes // 60:02}:{minutes % 60:02}:00+01:00"
    short_name, mode = line
    return {
        "stop": stop,
        "line": {"id": short_name, "short_name": short_name, "mode": mode, "color": "#0078ad", "text_color": "#fff"},
        "headsign": {"fr": headsign[0], "nl": headsign[1]},
        "scheduled": leaves,
        "expected": leaves if live else None,
        "minutes": minutes,
        "realtime": live,
        "platform": "A",
        "trip_id": f"{stop}-{line}-{minutes}",
    }


_T81, _B71 = ("81", "tram"), ("71", "bus")
_MONTGOMERY, _RENARD = ("Montgomery", "Montgomery"), ("Marius Renard", "Marius Renard")
_BROUCKERE, _DELTA = ("De Brouckère", "De Brouckère"), ("Delta", "Delta")

DEPARTURES: list[Json] = [
    _departure("stop:flagey", _T81, _MONTGOMERY, 3),
    _departure("stop:flagey", _B71, _BROUCKERE, 5),
    _departure("stop:flagey", _T81, _RENARD, 7),
    _departure("stop:flagey", _B71, _DELTA, 9),
    _departure("stop:flagey", _T81, _MONTGOMERY, 13),
    _departure("stop:flagey", _T81, _RENARD, 190, live=False),
    {**_departure("stop:vanderkindere", ("7", "tram"), ("Heysel", "Heizel"), 0), "cancelled": True},
    _departure("stop:vanderkindere", ("7", "tram"), ("Heysel", "Heizel"), 0, live=False),
]


def _same(value: Any) -> Json:
    return {"fr": value, "nl": value, "en": value}


def _procedure(name: tuple[str, str, str], aliases: tuple[str, ...], **more: Any) -> Json:
    names = dict(zip(("fr", "nl", "en"), name, strict=True))
    facets = {
        "who": {"fr": "Tout le monde", "nl": "Iedereen", "en": "Anyone"},
        "documents": {"fr": ["Plan", "Photo"], "nl": ["Plan", "Foto"], "en": ["Plan", "Photo"]},
        "cost": {"fr": "50 euros", "nl": "50 euro", "en": "50 euros"},
    }
    base = {"name": names, "aliases": aliases, "summary": _same("…"), "facets": facets}
    return {**base, "varies_by_commune": [], "in_communes": {}, **more}


PROCEDURES: dict[str, Json] = {
    "planning": _procedure(("Permis d'urbanisme", "Stedenbouwkundige vergunning", "Planning permit"), ("bâtir",)),
    "terrace": _procedure(("Terrasse", "Terras", "Terrace"), ("tables et chaises",)),
    "resident_card": _procedure(
        ("Carte riverain", "Bewonerskaart", "Resident parking permit"),
        ("carte de stationnement",),
        varies_by_commune=["cost"],
        in_communes={"ixelles": {"cost": {"fr": "10 euros", "nl": "10 euro", "en": "10 euros"}}},
    ),
    "event": _procedure(("Événement", "Evenement", "Event"), ("brocante",), varies_by_commune=["duration"]),
    "moving_parking": _procedure(("Réservation", "Parkeerverbod", "Parking for a move"), ("stationnement",)),
}

_WORKDAYS = ["mon", "tue", "wed", "thu", "fri"]


def _open(*hours: tuple[str, str], now: bool, opens_next: str | None = None) -> Json:
    openings = [{"days": _WORKDAYS, "opens": opens, "closes": closes, "note": None} for opens, closes in hours]
    return {"hours": openings, "open_now": now, "opens_next": opens_next, "open_on_public_holidays": False}


def _administration(commune: Json, **more: Any) -> Json:
    address = {"fr": "Chaussée d'Ixelles 168, 1050 Ixelles", "nl": "Elsensesteenweg 168, 1050 Elsene"}
    return {
        **commune,
        "nis_code": "21009",
        "postcodes": ["1050"],
        "localities": [],
        "address": address,
        "phone": "02 515 61 11",
        "email": None,
        "website": "https://www.ixelles.be/",
        "e_counter": "https://irisbox.irisnet.be/",
        **_open(("08:00", "16:00"), now=True),
        **more,
    }


COMMUNES = {
    "ixelles": _administration(IXELLES),
    "uccle": _administration(UCCLE, **_open(("08:00", "12:00"), now=False, opens_next="2026-11-25T08:00:00+01:00")),
    "etterbeek": _administration(ETTERBEEK),
}


def _contact(contact_id: str, kind: str, phone: str, *situations: str, **more: Any) -> Json:
    names = {"fr": f"{contact_id} FR", "nl": f"{contact_id} NL", "en": f"{contact_id} EN"}
    base = {"id": contact_id, "kind": kind, "phone": phone, "situations": situations, "names": names}
    texts = {"when_to_call": {"fr": "Sortez.", "nl": "Ga buiten.", "en": "Go out."}, "languages": ["fr", "nl"]}
    return {**base, **texts, **_open(now=True), "website": None, "email": None, **more}


CONTACTS: list[Json] = [
    _contact("gas_smell", "emergency", "0800 19 400", "gas_smell"),
    _contact("domestic_violence_fr", "help_line", "0800 30 030", "domestic_violence", languages=["fr"]),
    _contact("domestic_violence_nl", "help_line", "1712", "domestic_violence", languages=["nl"]),
    _contact("water_fault", "service", "02 739 52 11", "water_leak"),
    _contact("call_centre", "call_centre", "0800 13 680", **_open(("09:00", "12:00"), ("13:00", "16:00"), now=True)),
]

#: Things of the sorting guide; "glass" is in the names of two.
SORTING = [
    {
        "id": "drinking_glass",
        "names": {"fr": "verre à boire", "nl": "drinkglas", "en": "drinking glass"},
        "texts": {
            "where": {"fr": "sac blanc", "nl": "witte zak", "en": "white bag"},
            "how": {"fr": "Emballez-le.", "nl": "Pak het in.", "en": "Wrap it."},
            "why": {"fr": "Il ne fond pas.", "nl": "Het smelt niet.", "en": "It does not melt."},
            "trap": {"fr": "Pas dans la bulle.", "nl": "Niet in de glasbol.", "en": "Not in the bottle bank."},
        },
    },
    {
        "id": "plate",
        "names": {"fr": "assiette", "nl": "bord", "en": "plate"},
        "texts": {
            "where": {"fr": "sac blanc", "nl": "witte zak", "en": "white bag"},
            "how": {"fr": "Emballez-la.", "nl": "Pak het in.", "en": "Wrap it."},
            "why": {"fr": "Elle ne fond pas.", "nl": "Het smelt niet.", "en": "It does not melt."},
            "trap": None,
        },
    },
    {
        "id": "glass_jar",
        "names": {"fr": "bocal", "nl": "glazen bokaal", "en": "jar"},
        "also": [
            {"kind": "point", "material": "glass"},
            {"kind": "point", "material": "chemicals"},
            {"kind": "park", "name": "Recypark"},
            {"kind": "pickup"},
            {"kind": "shop"},
        ],
        "texts": {
            "where": {"fr": "bulle à verre", "nl": "glasbol", "en": "bottle bank"},
            "how": {"fr": "Videz-le.", "nl": "Maak hem leeg.", "en": "Empty it."},
            "why": {"fr": "Le verre se recycle.", "nl": "Glas wordt gerecycleerd.", "en": "Glass is recycled."},
            "trap": None,
        },
    },
]

#: Messages for travellers.
MESSAGES = [
    {
        "id": f"m{number}",
        "line": line,
        "texts": {"fr": f"Travaux {line}", "nl": f"Werken {line}", "en": f"Works {line}"},
    }
    for number, line in enumerate(("81", "51", "81", "92", "92"))
]

SERVICES: list[Json] = [
    {
        "code": "street_light",
        "names": {
            "fr": "Éclairage public en panne",
            "nl": "Kapotte straatverlichting",
            "en": "Street light not working",
        },
        "words": ["lampadaire", "straatlamp", "street light"],
        "description": "…",
        "responsible": "Sibelga",
        "working_days": 10,
    }
]
