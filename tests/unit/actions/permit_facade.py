"""Advice on permits, dossiers, inquiries and reports as the façade of the tests answers them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from kit.text import fold
from tests.unit.actions.facade_answers import ENVELOPE, page, problem

Json = dict[str, Any]

Words = tuple[str, str, str]


def _in(words: Words, lang: str) -> str:
    return words[("fr", "nl", "en").index(lang)]


#: A question: its text, and each choice's id, text, other ways to say it and bounds.
_SIZE: Json = {
    "text": ("Quelle surface ?", "Hoe groot?", "How large?"),
    "choices": {
        "up_to_9": {"text": ("9 m² ou moins", "9 m² of minder", "9 m² or less"), "up_to": 9},
        "larger": {"text": ("Plus de 9 m²", "Meer dan 9 m²", "More than 9 m²"), "above": 9},
    },
}
_PLACE: Json = {
    "text": ("Où ?", "Waar?", "Where?"),
    "choices": {
        "back": {"text": ("Derrière la maison", "Achter het huis", "Behind the house"), "also": ["au fond du jardin"]},
        "front": {"text": ("Devant la maison", "Voor het huis", "In front of the house"), "also": ["jardinet"]},
    },
}
_HERITAGE: Json = {
    "text": ("Est-ce protégé ?", "Is het beschermd?", "Is it listed?"),
    "help": ("Voyez l'inventaire.", "Zie de inventaris.", "See the inventory."),
    "choices": {
        "no": {"text": ("Non", "Nee", "No"), "also": ["pas classé"]},
        "near": {"text": ("Non, mais tout près", "Nee, maar vlakbij", "No, but close by")},
        "yes": {"text": ("Oui", "Ja", "Yes"), "also": ["classé"]},
        "unknown": {"text": ("Je ne sais pas", "Dat weet ik niet", "I do not know")},
    },
}

PROJECTS: dict[str, Json] = {
    "shed": {
        "names": ("Abri de jardin", "Tuinhuis", "Garden shed"),
        "questions": {"size": _SIZE, "place": _PLACE, "heritage": _HERITAGE},
    },
    "fence": {"names": ("Clôture", "Omheining", "Fence"), "questions": {"heritage": _HERITAGE, "place": _PLACE}},
    "hedge": {"names": ("Haie", "Haag", "Hedge"), "questions": {}},
    "solar_panels": {
        "names": ("Panneaux solaires", "Zonnepanelen", "Solar panels"),
        "questions": {"heritage": _HERITAGE},
    },
}
#: How well what is written fits, where it is not a project's name.
NEARLY: dict[str, list[tuple[str, float]]] = {
    "truc": [("shed", 60.0)],
    "machin": [("shed", 80.0), ("solar_panels", 79.0)],
}


def projects(_: str, given: httpx.QueryParams) -> httpx.Response:
    """Return the works that a text names, or all."""
    wanted = fold(given.get("q", ""))
    exact = [key for key, each in PROJECTS.items() if any(fold(name) in wanted for name in each["names"])]
    nearly = [found for word, each in NEARLY.items() if word in wanted for found in each]
    scores = [(key, 90.0) for key in exact] or nearly if wanted else [(key, None) for key in PROJECTS]
    items = [
        {"id": key, "names": dict(zip(("fr", "nl", "en"), PROJECTS[key]["names"], strict=True)), "score": score}
        for key, score in scores
    ]
    return page(items)


def advice(project: str, given: httpx.QueryParams) -> httpx.Response:
    """Return the next question in the table's order, or the verdict: a large shed needs a permit at once."""
    if project not in PROJECTS:
        return problem(404, "project_not_found")
    table, lang = PROJECTS[project]["questions"], given["lang"]
    answers = dict(each.split(":") for each in given.get_list("answer"))
    for asked, picked in answers.items():
        if asked not in table or picked not in table[asked]["choices"]:
            return problem(422, "unknown_choice" if asked in table else "unknown_question")
    questions = [_question(key, each, lang) for key, each in table.items()]
    left = [each for each in questions if each["id"] not in answers] if answers.get("size") != "larger" else []
    given_words = [
        {
            "question": key,
            "question_text": _in(table[key]["text"], lang),
            "choice": picked,
            "choice_text": _in(table[key]["choices"][picked]["text"], lang),
        }
        for key, picked in answers.items()
    ]
    body = {
        "id": project,
        "name": _in(PROJECTS[project]["names"], lang),
        "answers": given_words,
        "next_question": left[0] if left else None,
        "questions": questions,
        "questions_left": len(left),
        "verdict": None if left else _verdict(answers, given_words, lang),
    }
    return httpx.Response(200, json={**ENVELOPE, **body})


def _question(key: str, question: Json, lang: str) -> Json:
    choices = [
        {
            "id": each,
            "text": _in(choice["text"], lang),
            "also": choice.get("also", []),
            "above": choice.get("above"),
            "up_to": choice.get("up_to"),
        }
        for each, choice in question["choices"].items()
    ]
    help_text = _in(question["help"], lang) if "help" in question else None
    return {"id": key, "text": _in(question["text"], lang), "help": help_text, "choices": choices}


def _verdict(answers: Json, based_on: list[Json], lang: str) -> Json:
    kind = {"larger": "permit"}.get(answers.get("size", ""), "exempt")
    kind = "authority_decides" if answers.get("heritage") == "unknown" else kind
    rules = [{"title": _in(("CoBAT 98", "BWRO 98", "CoBAT / BWRO 98"), lang), "url": "https://rule.example/98"}]
    return {
        "verdict": kind,
        "headline": _in((f"{kind} fr.", f"{kind} nl.", f"{kind} en."), lang),
        "because": _in(("Parce que.", "Omdat.", "Because."), lang),
        "architect": False if kind == "exempt" else None,
        "decided_by": _in(("La commune", "De gemeente", "The commune"), lang),
        "rules": rules,
        "based_on": based_on,
        "next_step": {
            "text": _in(("Demandez.", "Vraag.", "Ask."), lang),
            "procedure": "planning" if kind == "permit" else None,
        },
    }


#: Dossiers by their references, each with what is peculiar about it.
DOSSIERS: dict[str, Json] = {
    "04/PU/1967213": {},
    "04/PU/1700000": {"next": {"by": "2026-10-01", "limit": "90 j.", "overdue": True}},
    "12/PU/1962305": {"next": {"by": "2026-11-26", "limit": None, "overdue": False}},
    "09/PU/1950000": {"next": None, "decided_on": "2026-11-02", "planned": None},
}


def application(reference: str, given: httpx.QueryParams) -> httpx.Response:
    """Return where a dossier stands, by its whole reference or the number alone."""
    if not any(each.isdigit() for each in reference):
        return problem(422, "invalid_reference")
    near = [{"reference": each, "street": {"fr": "Rue Blaes", "nl": "Blaesstraat"}} for each in list(DOSSIERS)[:2]]
    if reference == "17":
        return problem(409, "reference_ambiguous", near)
    found = next((each for each in DOSSIERS if reference in each), None)
    if found is None:
        return problem(404, "application_not_found", near if reference.startswith("04") else [])
    lang = given["lang"]
    commune = {"id": "ixelles", "name": {"fr": "Ixelles", "nl": "Elsene"}}
    body = {
        "reference": found,
        "kind_name": _in(("Permis d'urbanisme", "Stedenbouwkundige vergunning", "Planning permit"), lang),
        "site": {"street": {"fr": "Rue Blaes", "nl": "Blaesstraat"}, "house_numbers": "20", "commune": commune},
        "planned": {"fr": "Remplacer les châssis", "nl": "De ramen vervangen"},
        "authority": {"fr": "Ixelles", "nl": "Elsene"},
        "stage": {"id": "examined", "name": _in(("Complet", "Volledig", "Complete"), lang), "meaning": "…"},
        "decided_on": None,
        **{key: value for key, value in DOSSIERS[found].items() if key != "next"},
    }
    coming = DOSSIERS[found].get("next", {"by": "2027-01-24", "limit": "90 j.", "overdue": False})
    body["next"] = (
        {"text": _in(("La décision.", "De beslissing.", "The decision."), lang), **coming} if coming else None
    )
    return httpx.Response(200, json={**ENVELOPE, **body})


#: Inquiries of Ixelles, and of what is near the Rue Blaes.
_OPEN = ("2026-11-24", "2026-11-30", "2026-12-02", "2026-12-05", "2026-12-07")


def inquiries(_: str, given: httpx.QueryParams) -> httpx.Response:
    """Return the inquiries of a place: five in Ixelles, one at the Rue Blaes, none elsewhere."""
    place, lang = given["place"], given["lang"]
    known = {"commune:ixelles": _OPEN, "street:1": _OPEN[:1], "address:1:20": _OPEN[:1]}.get(place, ())
    street, commune = {"fr": "Rue Blaes", "nl": "Blaesstraat"}, {"fr": "Ixelles", "nl": "Elsene"}
    items = [
        {
            "reference": f"09/PU/19599{number:02}",
            "kind_name": "…",
            "site": {
                "street": street,
                "house_numbers": "18",
                "commune": {"id": "ixelles", "name": commune},
                "lat": 50.8,
                "lon": 4.3,
            },
            "planned": {"fr": "Un hôtel", "nl": "Een hotel"} if number else None,
            "closes": closes,
            "consultation_on": "2026-12-15" if number == 0 else None,
            "distance_m": None if place.startswith("commune:") else 120,
        }
        for number, closes in enumerate(known)
    ][: int(given["limit"])]
    how = _in(("Écrivez à la commune.", "Schrijf naar de gemeente.", "Write to the commune."), lang)
    return httpx.Response(200, json={**ENVELOPE, "items": items, "total": len(known), "how_to_react": how})


#: Variants of procedures, each with its note and its prices; and how long before the day to ask.
VARIANTS: dict[str, dict[str, Json]] = {
    "resident_card": {
        "first_car": {"name": ("Première voiture", "Eerste auto", "First car"), "prices": [("10.00", "year")]},
        "second_car": {"name": ("Deuxième voiture", "Tweede auto", "Second car"), "prices": [("110.00", "year")]},
    },
    "moving_parking": {
        "move": {"name": ("Déménagement", "Verhuizing", "Move"), "last": "2026-12-01"},
        "skip": {
            "name": ("Conteneur", "Container", "Skip"),
            "last": "2026-11-23",
            "note": ("Plus long.", "Langer.", "Longer."),
        },
    },
    "event": {
        "flea_market": {"name": ("Brocante", "Rommelmarkt", "Flea market"), "note": ("Notez.", "Noteer.", "Note.")}
    },
}


def procedure_extras(procedure_id: str, given: httpx.QueryParams) -> Json | httpx.Response:
    """Return variants, prices and the last day to ask, as far as a procedure has them; prices in Ixelles only."""
    known, lang, wanted = VARIANTS.get(procedure_id, {}), given["lang"], given.get("variant")
    if wanted and wanted not in known:
        return problem(422, "unknown_variant")
    if given.get("date", "")[:4] > "2030":
        return problem(422, "day_out_of_range")
    variants = [
        {"id": key, "name": _in(each["name"], lang), "note": _in(each["note"], lang) if "note" in each else None}
        for key, each in known.items()
    ]
    priced = known.get(wanted or "", {}).get("prices", ()) if given.get("commune") == "ixelles" else ()
    lead_times = [] if procedure_id == "resident_card" or not known else [{"kind": "advice"}]
    deadline = None
    if lead_times and given.get("date"):
        last = known.get(wanted or "", {}).get("last", "2026-12-04")
        kind = "rule" if given.get("commune") == "ixelles" else "advice"
        day = {"day": given["date"], "last_day_to_ask": last, "passed": last < "2026-11-24"}
        deadline = {**day, "lead_time": {"kind": kind}}
    prices = [{"euros": euros, "per": per} for euros, per in priced]
    return {"variants": variants, "prices": prices, "lead_times": lead_times, "deadline": deadline}


REPORT = "BXL-2026-00123"


def report(reference: str, given: httpx.QueryParams) -> httpx.Response:
    """Return a report that was dealt with, one that is late, or one whose place is not shown."""
    if reference.upper() not in {REPORT, "BXL-2026-00124", "BXL-2026-00125"}:
        return problem(404, "request_not_found")
    lang, done = given["lang"], reference.upper() == REPORT
    names = {"fr": "Éclairage en panne", "nl": "Kapotte straatverlichting", "en": "Street light not working"}
    steps = [{"at": "2026-11-20T09:00:00+01:00", "note": None}]
    if done:
        steps.append({"at": "2026-11-23T09:00:00+01:00", "note": _in(("Remplacé.", "Vervangen.", "Replaced."), lang)})
    address = {"fr": "Rue Blaes 20, 1000 Bruxelles", "nl": "Blaesstraat 20, 1000 Brussel"}
    body = {
        "reference": reference.upper(),
        "service": {"code": "street_light", "names": names},
        "status": "closed" if done else "open",
        "stage_name": _in(("Résolu", "Opgelost", "Solved") if done else ("Reçu", "Ontvangen", "Received"), lang),
        "stage_text": "…",
        "responsible": "Sibelga",
        "place": {"address": address} if done else None,
        "expected_at": "2026-11-20T17:00:00+01:00" if reference.endswith("4") else "2026-12-10T17:00:00+01:00",
        "closed_at": "2026-11-23T09:00:00+01:00" if done else None,
        "steps": steps,
    }
    return httpx.Response(200, json={**ENVELOPE, **body})


ROUTES: list[tuple[str, Callable[[str, httpx.QueryParams], httpx.Response]]] = [
    ("/v1/permits/advice/", advice),
    ("/v1/permits/advice", projects),
    ("/v1/permits/applications/", application),
    ("/v1/permits/inquiries", inquiries),
    ("/v1/requests/BXL", lambda rest, given: report(f"BXL{rest}", given)),
    ("/v1/requests/0", report),
]
