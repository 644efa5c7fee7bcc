"""What the fake chat answers: one message a topic, with the cards that the assistant sends, in three languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

NOW = "2026-11-24T17:58:00+01:00"

_TEXTS: dict[str, dict[str, str]] = json.loads((Path(__file__).parent / "canned.json").read_text(encoding="utf-8"))
_WORDS = {
    "trips": ("gare du midi", "zuidstation"),
    "departures": ("flagey",),
    "collections": ("sac", "zak", "bag"),
    "procedure": ("riverain", "bewonerskaart", "parking permit"),
    "contact": ("communale", "gemeentehuis", "town hall"),
    "places": ("recypark",),
    "inquiries": ("enquête", "openbaar onderzoek", "inquiry"),
    "calendar": ("agenda", "calendar"),
    "report": ("bxl-2026",),
    "slots": ("rendez-vous", "afspraak", "appointment"),
    "choices": ("fourche",),
    "html": ("<b>",),
}


def topic_of(text: str) -> str:
    """Return the topic that a text asks for."""
    folded = text.lower()
    return next((topic for topic, words in _WORDS.items() if any(word in folded for word in words)), "plain")


def answer(topic: str, language: str) -> dict[str, Any]:
    """Return a message without its id."""
    texts = _TEXTS[language]
    message: dict[str, Any] = {"at": NOW, "author": "assistant", "language": language, "text": texts[topic]}
    if topic in _CARDS:
        message["cards"] = [_CARDS[topic](texts)]
        message["source"] = {
            "name": texts[f"{topic}_source"],
            "url": "https://example.brussels/source",
            "as_of": NOW,
            "realtime": True if topic == "departures" else None,
            "sample": True,
        }
    if topic == "choices":
        labels = ["Fourche (Ixelles)", "Fourche (Grimbergen)", "Fourche (Vilvoorde)"]
        message["choices"] = [{"id": f"c-{number}", "label": label} for number, label in enumerate(labels)]
    if topic == "slots":
        labels = [texts[key] for key in ("slot_1", "slot_2", "slot_3", "slot_later")]
        message["choices"] = [{"id": f"s-{number}", "label": label} for number, label in enumerate(labels)]
    if topic == "departures":
        message["choices"] = [{"id": "c-other", "label": texts["other_stop"]}]
    return message


def _departures(texts: dict[str, str]) -> dict[str, Any]:
    rows = [
        ("81", "tram", "338C26", "FFFFFF", "Montgomery", "17:58", 0, True),
        ("81", "tram", "338C26", "FFFFFF", texts["south"], "18:02", 4, True),
        ("71", "bus", "65B330", "FFFFFF", texts["brouckere"], "18:05", 7, False),
        ("38", "bus", "EFE048", "FFFFFF", "Homborch", "18:09", 11, True),
        ("59", "bus", None, None, texts["hospital"], "18:21", 23, False),
        ("60", "bus", "991F36", "000000", "Ambiorix", "19:10", 72, False),
    ]
    keys = ("line", "mode", "color", "text_color", "headsign", "time", "minutes", "realtime")
    timed = [(*row[:5], f"2026-11-24T{row[5]}:00+01:00", *row[6:]) for row in rows]
    return {"type": "departures", "rows": [dict(zip(keys, row, strict=True)) for row in timed]}


def _collections(_texts: dict[str, str]) -> dict[str, Any]:
    rounds = [
        (["yellow", "blue"], "2026-11-24", "2026-11-25", None),
        (["white", "orange"], "2026-11-26", "2026-11-28", "2026-11-27"),
        (["green"], "2026-11-29", "2026-11-30", None),
        (["white"], "2026-12-01", "2026-12-02", None),
        (["yellow", "blue"], "2026-12-08", "2026-12-09", None),
    ]
    rows = [
        {
            "fraction": fraction,
            "collection_date": collected,
            "put_out_from": f"{evening}T18:00:00+01:00",
            "put_out_until": f"{evening[:-2]}{int(evening[-2:]) + 1:02}T00:00:00+01:00",
            "moved_from": moved,
        }
        for fractions, evening, collected, moved in rounds
        for fraction in fractions
    ]
    return {"type": "collections", "rows": rows}


def _procedure(texts: dict[str, str]) -> dict[str, Any]:
    documents = [texts["document_id"], texts["document_car"], texts["document_work"]]
    sections = [
        {"facet": "documents", "label": texts["facet_documents"], "items": documents},
        {"facet": "who", "label": texts["facet_who"], "text": texts["who"]},
        {"facet": "cost", "label": texts["facet_cost"], "text": texts["cost"]},
        {"facet": "how", "label": texts["facet_how"], "items": [texts["how_1"], texts["how_2"]]},
        {"facet": "online_form", "label": texts["facet_online_form"], "text": "https://parking.example.brussels/"},
    ]
    return {
        "type": "procedure",
        "name": texts["procedure_name"],
        "sections": sections,
        "url": "https://parking.example.brussels/permit",
    }


def _contact(texts: dict[str, str]) -> dict[str, Any]:
    return {
        "type": "contact",
        "name": texts["contact_name"],
        "address": texts["contact_address"],
        "phone": "02 515 61 11",
        "email": "info.population.etatcivil@ixelles.example.brussels",
        "website": "www.ixelles.example.brussels",
        "hours": [
            {"days": ["mon", "tue", "wed", "thu", "fri"], "opens": "08:30", "closes": "12:00", "note": None},
            {"days": ["tue"], "opens": "13:30", "closes": "19:00", "note": texts["by_appointment"]},
        ],
    }


def _places(texts: dict[str, str]) -> dict[str, Any]:
    hours = [{"days": ["tue", "wed", "thu", "fri", "sat"], "opens": "09:00", "closes": "18:00", "note": None}]
    site = "https://map.example.brussels/?lat=50.8"
    both = {"phone": "0800 981 81", "hours": hours, "map": site}
    return {
        "type": "places",
        "title": texts["places_title"],
        "rows": [
            {
                **both,
                "name": texts["south_park"],
                "address": texts["south_address"],
                "distance_m": 4926,
                "lat": 50.8102,
                "lon": 4.3268,
                "closes": f"{NOW[:11]}18:00:00+01:00",
                "opens": None,
            },
            {
                **both,
                "name": texts["north_park"],
                "address": texts["north_address"],
                "distance_m": 848,
                "lat": 50.8791,
                "lon": 4.3682,
                "closes": None,
                "opens": "2026-11-25T09:00:00+01:00",
            },
        ],
    }


def _inquiries(texts: dict[str, str]) -> dict[str, Any]:
    facts = [
        {"label": texts["inquiry_closes"], "day": "2026-12-07"},
        {"label": texts["inquiry_heard"], "day": "2026-12-16"},
        {"label": texts["inquiry_reference"], "text": "09/PU/1959920"},
    ]
    row = {"name": texts["inquiry_name"], "address": texts["inquiry_address"], "distance_m": 35, "facts": facts}
    return {
        "type": "places",
        "title": texts["inquiries_title"],
        "rows": [row | {"map": "https://map.example.brussels/"}],
    }


def _calendar(texts: dict[str, str]) -> dict[str, Any]:
    file = "https://chat.example.brussels/calendar.ics?download=true"
    subscribe = "webcal://chat.example.brussels/calendar.ics"
    return {"type": "calendar", "name": texts["calendar_name"], "subscribe": subscribe, "file": file}


def _report(texts: dict[str, str]) -> dict[str, Any]:
    return {
        "type": "report",
        "reference": "BXL-2026-00123",
        "name": texts["report_name"],
        "stage": texts["report_stage"],
        "is_closed": False,
        "responsible": texts["report_service"],
        "place": texts["report_place"],
        "expected_at": "2026-11-30T12:00:00+01:00",
        "closed_at": None,
        "steps": [{"at": "2026-11-18T09:00:00+01:00", "note": texts["report_note"]}],
    }


def _slots(_texts: dict[str, str]) -> dict[str, Any]:
    times = ("2026-11-25T09:00:00+01:00", "2026-11-25T10:30:00+01:00", "2026-11-26T14:00:00+01:00")
    return {"type": "slots", "rows": [{"at": at, "choice": number} for number, at in enumerate(times)]}


def _trips(texts: dict[str, str]) -> dict[str, Any]:
    line = {"line": "81", "mode": "tram", "color": "338C26", "text_color": "FFFFFF", "headsign": texts["south"]}

    def trip(minute: int, changes: int) -> dict[str, Any]:
        times = {"departs": f"2026-11-24T18:{minute + 4}:00+01:00", "arrives": f"2026-11-24T18:{minute + 24}:00+01:00"}
        legs = [
            {"to": "Flagey", "minutes": 4, "walk_m": 310},
            {**line, **times, "from": "Flagey", "to": texts["south"], "stops": 11},
        ]
        whole = {**times, "departs": f"2026-11-24T18:{minute:02}:00+01:00"}
        return {**whole, "minutes": 24, "changes": changes, "walk_m": 310, "legs": legs}

    return {"type": "trips", "title": texts["trips_title"], "rows": [trip(7, 0), trip(19, 1)]}


_CARDS = {
    "report": _report,
    "slots": _slots,
    "trips": _trips,
    "places": _places,
    "inquiries": _inquiries,
    "calendar": _calendar,
    "departures": _departures,
    "collections": _collections,
    "procedure": _procedure,
    "contact": _contact,
}
