"""The sentences about a procedure, one facet or all of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from actions.answers import merged
from actions.city.models import Name
from actions.labels import label
from actions.permits.lookup import Localised
from actions.speech import named
from kit.languages import Language
from kit.replies import Part, day, listing, text

#: The façade's facets, each with the reply that names it; the order is the answer's.
FACETS: Final = {
    "who": "facet_who",
    "documents": "facet_documents",
    "cost": "facet_cost",
    "duration": "facet_duration",
    "how": "facet_how",
    "where": "facet_where",
    "languages": "facet_languages",
    "online_form": "facet_online_form",
}

#: Who decides, which is asked for like a facet and said in one sentence.
AUTHORITY: Final = "authority"
#: What may be asked of a procedure.
ASKABLE: Final = frozenset({*FACETS, AUTHORITY})
#: How they are named inside a sentence.
_INSIDE: Final = {
    "who": "facet_who_inside",
    "documents": "facet_documents_inside",
    "cost": "facet_cost_inside",
    "duration": "facet_duration_inside",
    "how": "facet_how_inside",
    "where": "facet_where_inside",
    "languages": "facet_languages_inside",
    "online_form": "facet_online_form_inside",
    AUTHORITY: "facet_authority_inside",
}


def facet_sentences(found: Localised, facet: str, commune: Name | None, contact: Part) -> list[Part]:
    """Return what is known of one facet, which is said first, and which procedure that is about."""
    known = section(found, facet)
    if known is None:
        known = text("permit_facet_unknown", facet=text(_INSIDE[facet]), contact=contact)
    return [known, about_sentence(found, commune), *_varies(found, [facet], commune)]


def whole_sentences(found: Localised, commune: Name | None) -> list[Part]:
    """Return the procedure as a whole: what it is, then each facet that is known, and for which commune."""
    about = [about_sentence(found, commune)] if commune is not None else []
    return [*core_sentences(found), *about, *varying_sentences(found, commune)]


def core_sentences(found: Localised, more: Sequence[Part] = (), facets: Collection[str] | None = None) -> list[Part]:
    """Return what a procedure is, then each facet that is known with ``more`` lines, then the documents.

    Of some ``facets`` only, who decides is left out too.
    """
    said = [text("permit_summary", name=_name(found), summary=_each(found, "summary"))]
    told = [each for each in FACETS if each != "documents" and (facets is None or each in facets)]
    sections = [section(found, facet) for facet in told]
    authority = authority_sentence(found) if facets is None else None
    lines = [*(each for each in (*sections, authority) if each is not None), *more]
    if lines:
        said.append(listing(lines))
    documents = section(found, "documents")
    return [*said, documents] if documents is not None else said


def authority_sentence(found: Localised) -> Part | None:
    """Return who decides, where that is known."""
    known = next(iter(found.values())).authority
    return text("permit_authority", authority=_each(found, "authority")) if known else None


def varying_sentences(found: Localised, commune: Name | None, facets: Sequence[str] = tuple(FACETS)) -> list[Part]:
    """Return that communes differ, where none is known."""
    return _varies(found, facets, commune)


def validity(found: Localised) -> list[Part]:
    """Return since when the facts hold, where that is known."""
    first = next(iter(found.values()))
    return [text("permit_valid_from", date=day(first.valid_from, "date"))] if first.valid_from else []


def card(found: Localised, facet: str | None, language: Language | None) -> dict[str, Any]:
    """Return a procedure as a card; the facet asked for stands first."""
    first = next(iter(found.values()))
    order = sorted(FACETS, key=lambda each: each != facet)
    sections: list[dict[str, Any]] = []
    for each in order:
        value = getattr(first.facets, each)
        if value:
            body = {"text": value} if isinstance(value, str) else {"items": list(value)}
            sections.append({"facet": each, "label": label(FACETS[each], language), **body})
    return {"type": "procedure", "name": first.name, "sections": sections, "url": first.source_url}


def _name(found: Localised) -> Part:
    return merged({language: each.name for language, each in found.items()})


def _each(found: Localised, field: str) -> Part:
    """Return a text of a procedure, without the full stop that the reply's own sentence has."""
    values = {language: str(getattr(each, field) or "") for language, each in found.items()}
    return merged(
        {language: value.rstrip(".") if field == "authority" else value for language, value in values.items()}
    )


def section(found: Localised, facet: str) -> Part | None:
    """Return a facet under its heading; None where it is not known."""
    if facet == AUTHORITY:
        return authority_sentence(found)
    values: dict[str, Any] = {language: getattr(each.facets, facet) for language, each in found.items()}
    if not all(values.values()):
        return None
    heading = text(FACETS[facet])
    first = next(iter(values.values()))
    if isinstance(first, str):
        return text("permit_section", label=heading, value=merged(values))
    items = [merged(dict(zip(values, each, strict=True))) for each in zip(*values.values(), strict=False)]
    return text("permit_section_list", label=heading, value=listing(items))


def about_sentence(found: Localised, commune: Name | None) -> Part:
    """Return which procedure an answer is about, and which commune."""
    if commune is None:
        return text("permit_about", name=_name(found))
    return text("permit_about_in", name=_name(found), commune=named(commune))


def _varies(found: Localised, facets: Sequence[str], commune: Name | None) -> list[Part]:
    """Return that communes differ in these facets, where no commune is known."""
    first = next(iter(found.values()))
    varying = [text(_INSIDE[each]) for each in facets if each in first.varies_by_commune]
    if commune is not None or not varying:
        return []
    return [text("permit_varies", facets=listing(varying, "comma"))]
