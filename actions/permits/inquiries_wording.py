"""The sentences, choices and card about public inquiries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from actions.answers import merged, spoken
from actions.city.models import Place
from actions.city.permits import Inquiries, Inquiry
from actions.labels import label
from actions.permits.status_wording import site
from actions.places.distances import map_url
from actions.speech import named, payload, place_label
from kit.languages import Language
from kit.replies import Part, choice, day, listing, text

#: Inquiries told of.
_MOST: Final = 4
#: Inquiries whose dossier is offered.
_OFFERED: Final = 2

#: The inquiries in each language that they were asked for in, at least one.
Localised = Mapping[Language, Inquiries]


def inquiry_sentences(found: Localised, place: Place, *, reacts: bool = False) -> list[Part]:
    """Return what is planned where with the last day to react, how many more there are, and how to react.

    Where there is none, how one reacts is said to who asks (``reacts``).
    """
    first = next(iter(found.values()))
    react = text("inquiries_react", how=merged({each: page.how_to_react for each, page in found.items()}))
    inside, where = place.kind == "commune", place_label(place)
    if not first.items:
        none = text("inquiries_none_in" if inside else "inquiries_none_near", place=where)
        return [none, react] if reacts else [none]
    lines = [_line(each) for each in first.items[:_MOST]]
    reply = "inquiries_in" if inside else "inquiries_near"
    said = [text(reply, count=first.total, place=where, lines=listing(lines))]
    if first.total > len(lines):
        said.append(text("inquiries_more", count=first.total - len(lines)))
    return [*said, react]


def inquiry_choices(found: Inquiries) -> list[Part]:
    """Return the dossiers behind the first inquiries, as choices: their stage."""
    return [
        choice(
            text("choice_inquiry_dossier", reference=each.reference),
            payload("permit_status", reference=each.reference),
        )
        for each in found.items[:_OFFERED]
    ]


def inquiries_card(found: Inquiries, language: Language | None) -> dict[str, Any]:
    """Return where the inquiries are as a card of places, each with the last day to react and its way to the map."""
    located = [each for each in found.items[:_MOST] if each.site.lat is not None and each.site.lon is not None]
    return {
        "type": "places",
        "title": label("inquiries_card", language),
        "rows": [_row(each, language) for each in located],
    }


def _line(inquiry: Inquiry) -> Part:
    where = site(inquiry.site)
    planned = named(inquiry.planned) if inquiry.planned else text("inquiry_planned_unknown")
    said = text(
        "inquiry_line",
        planned=planned,
        site=where if where is not None else inquiry.reference,
        closes=day(inquiry.closes),
        reference=inquiry.reference,
    )
    if inquiry.consultation_on is None:
        return said
    return text("inquiry_line_heard", line=said, date=day(inquiry.consultation_on))


def _row(inquiry: Inquiry, language: Language | None) -> dict[str, Any]:
    street = spoken(inquiry.site.street, language) if inquiry.site.street else ""
    commune = spoken(inquiry.site.commune.name, language) if inquiry.site.commune else ""
    address = " ".join(filter(None, (street, inquiry.site.house_numbers)))
    return {
        "name": spoken(inquiry.planned, language) if inquiry.planned else inquiry.reference,
        "address": ", ".join(filter(None, (address, commune))),
        "distance_m": inquiry.distance_m,
        "closes": None,
        "opens": None,
        "phone": None,
        "hours": [],
        "facts": _facts(inquiry, language),
        "map": map_url(inquiry.site.lat or 0.0, inquiry.site.lon or 0.0),
        "lat": inquiry.site.lat,
        "lon": inquiry.site.lon,
    }


def _facts(inquiry: Inquiry, language: Language | None) -> list[dict[str, str]]:
    """Return what there is to know of it besides where: words, or a day ("2026-12-07") that each channel writes."""
    facts = [{"label": label("inquiry_card_closes", language), "day": inquiry.closes.isoformat()}]
    if inquiry.consultation_on is not None:
        facts.append({"label": label("inquiry_card_heard", language), "day": inquiry.consultation_on.isoformat()})
    return [*facts, {"label": label("inquiry_card_reference", language), "text": inquiry.reference}]
