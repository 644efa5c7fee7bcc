"""The sentences and choices about where a permit application stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from actions.answers import merged
from actions.city.models import Name
from actions.city.permits import Application, Site
from actions.speech import ask, named, on_day, payload
from actions.turn import ANOTHER
from kit.clock import Clock, today
from kit.languages import Language
from kit.replies import Part, Value, choice, day, name, text

#: References offered where one was mistyped.
_MOST: Final = 4

#: One application in each language that it was asked for in, at least one.
Localised = Mapping[Language, Application]


def dossier_sentences(found: Localised, clock: Clock) -> list[Part]:
    """Return the stage first, then what is planned where, the decision, what comes next by when, and who decides."""
    first = next(iter(found.values()))
    said = [
        text(
            "dossier_stage",
            reference=first.reference,
            stage=_each(found, lambda each: each.stage.name),
            meaning=_each(found, lambda each: each.stage.meaning),
        )
    ]
    planned = _planned(found)
    if planned is not None:
        said.append(planned)
    if first.decided_on:
        said.append(text("dossier_decided", date=day(first.decided_on, "full")))
    if first.next:
        said.append(_coming(found, clock))
    if first.authority:
        said.append(text("dossier_authority", authority=named(first.authority)))
    return said


def site(place: Site) -> Part | None:
    """Return where something is, as an address."""
    if place.street is None:
        return named(place.commune.name) if place.commune else None
    street: Part = named(place.street)
    if place.house_numbers:
        street = text("place_address", street=street, number=place.house_numbers)
    return text("place_in_commune", place=street, commune=named(place.commune.name)) if place.commune else street


def dossier_choices(suggestions: Sequence[Mapping[str, Any]]) -> list[Part]:
    """Return the dossiers that may be meant, as choices."""
    return [
        choice(_label(each), payload("permit_status", reference=str(each["reference"])))
        for each in suggestions[:_MOST]
        if each.get("reference")
    ]


def dossier_options(found: Application) -> list[Part]:
    """Return what to ask next: the commune's desk, another dossier."""
    where = found.site.commune
    desk = [ask("choice_dossier_desk", "city_commune_contact", commune=f"commune:{where.id}")] if where else []
    return [*desk, ask("choice_other_dossier", "permit_status", reference=ANOTHER)]


def _label(suggestion: Mapping[str, Any]) -> Value:
    street = suggestion.get("street")
    reference = str(suggestion["reference"])
    return text("dossier_label", reference=reference, street=name(street["fr"], street["nl"])) if street else reference


def _planned(found: Localised) -> Part | None:
    first = next(iter(found.values()))
    where, what = site(first.site), first.planned
    kind = _each(found, lambda each: each.kind_name)
    if what and where:
        return text("dossier_planned_at", kind=kind, planned=named(what), site=where)
    if what or where:
        return text("dossier_planned", kind=kind, planned=named(what) if isinstance(what, Name) else where or "")
    return None


def _coming(found: Localised, clock: Clock) -> Part:
    """Return what comes next: on an announced day, by a time limit, or when that limit has passed."""
    first = next(iter(found.values()))
    coming = first.next
    if coming is None:
        raise ValueError("nothing comes next")
    what = _each(found, lambda each: each.next.text if each.next else "")
    if coming.by is None:
        return text("dossier_next", next=what)
    if coming.limit is None:
        return text("dossier_next_on", next=what, date=day(coming.by))
    limit = _each(found, lambda each: (each.next.limit if each.next else None) or "")
    if coming.overdue:
        return text("dossier_next_late", next=what, limit=limit, date=on_day(coming.by, today(clock)))
    return text("dossier_next_by", next=what, limit=limit, date=day(coming.by))


def _each(found: Localised, part: Callable[[Application], str]) -> Part:
    return merged({language: part(each) for language, each in found.items()})
