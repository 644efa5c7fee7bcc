"""The sentences and choices about a procedure that a question names: what was asked about first, then the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from actions.answers import merged
from actions.city.models import CommuneContact, Procedure
from actions.permits.deadlines import deadline_sentence
from actions.permits.lookup import Localised
from actions.permits.wording import about_sentence, core_sentences, facet_sentences, varying_sentences
from actions.speech import ask, named, payload
from actions.subjects import Asked
from kit.replies import Part, amount, choice, listing, text

#: The subject that tells every facet of a procedure.
PROCEDURES: Final = "permit_procedure"
_MOST_PARAGRAPHS: Final = 5
_MOST_CHOICES: Final = 5
#: Facets, or none, with which the last day to ask is told, and what is special about the variant.
_WITH_DAY: Final = (None, "duration")
_WITH_VARIANT: Final = (None, "duration", "cost")
#: How a price is said, by what it is for.
_PRICES: Final = {
    "year": "price_per_year",
    "first_day": "price_first_day",
    "further_day": "price_further_day",
    "once": "price_once",
}


@dataclass(frozen=True)
class Asking:
    """What was asked about; ``brief`` where only a day was given to an answer that stands already."""

    facet: str | None
    #: The variant that was said, and the one that the facts are of.
    variant: str | None
    meant: str | None
    day: date | None
    unclear_day: bool
    unknown_commune: bool
    brief: bool
    #: The facets that a first answer tells.
    told: tuple[str, ...]


def known_sentences(
    found: Localised,
    asking: Asking,
    contact: CommuneContact | None,
    today: date,
    who_else: Part,
) -> list[Part]:
    """Return the last day to ask, the price or what is special about the variant, then the facet, or those to tell.

    With the last day to ask, nothing is told in general of how long before it is.
    """
    first = next(iter(found.values()))
    name = contact.name if contact else None
    lead: list[Part] = [text("permit_commune_unknown")] if asking.unknown_commune else []
    if asking.unclear_day:
        lead.append(text("procedure_day_unclear"))
    elif first.deadline is not None and (asking.brief or asking.facet in _WITH_DAY):
        lead.append(deadline_sentence(first.deadline, today))
    if asking.brief and lead:
        return [*lead, about_sentence(found, name)]
    if asking.facet in _WITH_VARIANT:
        lead += _about_variant(found, asking)
    asks_day = first.lead_times and asking.day is None and not asking.unclear_day
    day = [text("procedure_ask_day")] if asks_day else []
    if asking.facet:
        asks = day if asking.facet == "duration" else []
        priced = asking.facet == "cost" and first.prices
        ways = ways_to(contact) if asking.facet in first.varies_by_commune and not priced else []
        return [*lead, *facet_sentences(found, asking.facet, name, who_else), *ways, *asks][:_MOST_PARAGRAPHS]
    facets = [each for each in asking.told if each != "duration" or first.deadline is None]
    last = varying_sentences(found, name, facets) or day
    core = core_sentences(found, ways_to(contact), facets)[: _MOST_PARAGRAPHS - len(lead)]
    return [*lead, *core, *last[: _MOST_PARAGRAPHS - len(lead) - len(core)]]


def known_options(
    subject: str, found: Localised, asking: Asking, asked: Asked, contact: CommuneContact | None
) -> list[Part]:
    """Return what else to ask: the other variants, the whole procedure after a facet, the commune's desk."""
    first = next(iter(found.values()))
    facts = {name: asked[name] for name in ("commune", "date") if name in asked}
    same = {"facet": asking.facet} if asking.facet else {}
    offered = [
        choice(_each(found, _variant_name(at)), payload(subject, **facts, **same, variant=each.id))
        for at, each in enumerate(first.variants)
        if each.id != asking.meant
    ]
    whole = ask("choice_whole_procedure", PROCEDURES, permit_type=first.id)
    desk = [ask("choice_dossier_desk", "city_commune_contact", commune=f"commune:{contact.id}")] if contact else []
    return [*offered[: _MOST_CHOICES - 1 - len(desk)], *desk, whole]


def _about_variant(found: Localised, asking: Asking) -> list[Part]:
    """Return what is special about the variant that was said, or its prices; a general price stands in its facet."""
    first = next(iter(found.values()))
    at = next((at for at, each in enumerate(first.variants) if each.id == asking.variant), None)
    if at is None:
        return []
    name = _each(found, _variant_name(at))
    if first.variants[at].note:
        return [text("procedure_variant", variant=name, note=_each(found, lambda each: each.variants[at].note or ""))]
    prices = [text(_PRICES[price.per], price=amount(price.euros)) for price in first.prices]
    return [text("procedure_price", variant=name, prices=listing(prices, "comma"))] if prices else []


def ways_to(contact: CommuneContact | None) -> list[Part]:
    """Return how to reach the commune."""
    if contact is None or not contact.phone:
        return []
    return [text("procedure_contact", commune=named(contact.name), phone=contact.phone)]


def _variant_name(at: int) -> Callable[[Procedure], str]:
    return lambda each: each.variants[at].name


def _each(found: Localised, part: Callable[[Procedure], str]) -> Part:
    return merged({language: part(each) for language, each in found.items()})
