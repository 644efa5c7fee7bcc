"""Permit procedures as answers: texts in one language, merged with what a commune does otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any, Final

from sqlalchemy.orm import Session

from kit.clock import Clock, today
from kit.languages import LANGUAGES, Language
from kit.text import fold
from services.city.core.errors import CityError, NotFoundError
from services.city.core.schemas import Page, stated
from services.city.permits import repository
from services.city.permits.communes import find_commune
from services.city.permits.deadlines import last_day_to_ask, lead_time_of
from services.city.permits.facts import LeadTime, Price, ProcedureFacts, Variant
from services.city.permits.merging import merged
from services.city.permits.schemas import (
    DeadlineInfo,
    FacetTexts,
    LeadTimeInfo,
    Names,
    PriceInfo,
    ProcedureAnswer,
    ProcedureBrief,
    ProcedureMatch,
    VariantInfo,
)
from services.city.permits.search import Found, NameIndex

_SUGGESTIONS: Final = 3
#: Days further from today are slips of the keyboard.
_LONGEST: Final = timedelta(days=5 * 366)


def list_procedures(
    session: Session,
    clock: Clock,
    language: Language,
    *,
    query: str | None,
    commune: str | None,
    limit: int,
    offset: int,
) -> Page[ProcedureMatch]:
    """Return a page of the procedures that a text names, best first; of all, by name, without a text.

    Raises NotFoundError ``commune_not_found``.
    """
    slug = find_commune(session, commune).id if commune else None
    facts, datasets = repository.procedures(session)
    source, as_of = stated(datasets, clock.now())
    by_id = {each.id: each for each in facts}
    if query is None or not query.strip():
        listed = sorted(facts, key=lambda each: fold(each.names.to(language)))
        items = [_match(each, None, slug, language) for each in listed]
    else:
        items = [_match(by_id[found.id], found, slug, language) for found in _index(facts).search(query)]
    return Page[ProcedureMatch].cut(items, limit=limit, offset=offset, source=source, as_of=as_of)


def one_procedure(
    session: Session,
    clock: Clock,
    language: Language,
    procedure_id: str,
    *,
    commune: str | None,
    variant: str | None,
    day: date | None,
) -> ProcedureAnswer:
    """Return a procedure, as it is in a commune where one is given, and the last day to ask for a day.

    Raises NotFoundError ``procedure_not_found`` or ``commune_not_found``, each with the most similar as suggestions;
    CityError ``unknown_variant``, with those there are, and ``day_out_of_range``.
    """
    facts, datasets = repository.procedure(session, procedure_id)
    if facts is None:
        detail = f"There is no procedure {procedure_id[:80]!r}."
        raise NotFoundError("procedure_not_found", detail, _alike(session, procedure_id, language))
    where = find_commune(session, commune) if commune else None
    here = merged(facts, where.id if where else None)
    variants = [_variant(each, language) for each in facts.variants]
    if variant is not None and variant not in {each.id for each in variants}:
        detail = f"{facts.id} has no variant {variant[:60]!r}."
        raise CityError(HTTPStatus.UNPROCESSABLE_ENTITY, "unknown_variant", detail, variants)
    wanted = (None, variant) if variant else None
    lead_times = [each for each in here.lead_times if wanted is None or each.variant in wanted]
    longest, now = lead_time_of(here.lead_times, variant), today(clock)
    source, as_of = stated(datasets, clock.now())
    texts = {name: getattr(here.facets, name).to(language) for name in FacetTexts.model_fields if name != "documents"}
    return ProcedureAnswer(
        source=source,
        as_of=as_of,
        **_brief(facts, where.id if where else None, language),
        facets=FacetTexts(documents=[each.to(language) for each in here.facets.documents], **texts),
        online_url=here.online_url.to(language) if here.online_url else None,
        commune=where,
        variants=variants,
        prices=[_price(each, language) for each in here.prices if wanted is None or each.variant in wanted],
        lead_times=[LeadTimeInfo(**dict(each)) for each in lead_times],
        deadline=next(iter(_deadlines(day, [longest] if longest else [], now)), None),
        deadlines=_deadlines(day, lead_times, now),
        valid_from=here.valid_from,
        valid_until=here.valid_until,
        facts_as_of=facts.as_of,
        owner=facts.owner,
        source_url=here.source_url,
    )


def _variant(variant: Variant, language: Language) -> VariantInfo:
    note = variant.note.to(language) if variant.note else None
    return VariantInfo(id=variant.id, name=variant.name.to(language), note=note)


def _price(price: Price, language: Language) -> PriceInfo:
    return PriceInfo(variant=price.variant, label=price.label.to(language), euros=price.euros, per=price.per)


def _deadlines(day: date | None, lead_times: Sequence[LeadTime], now: date) -> list[DeadlineInfo]:
    """Return the last day to ask by each lead time; none where no day was asked about."""
    if day is None:
        return []
    if not now - _LONGEST <= day <= now + _LONGEST:
        detail = f"{day} is too far from today."
        raise CityError(HTTPStatus.UNPROCESSABLE_ENTITY, "day_out_of_range", detail)
    last = [(last_day_to_ask(day, each), LeadTimeInfo(**dict(each))) for each in lead_times]
    return [DeadlineInfo(day=day, last_day_to_ask=end, passed=end < now, lead_time=each) for end, each in last]


def _match(facts: ProcedureFacts, found: Found | None, commune: str | None, language: Language) -> ProcedureMatch:
    return ProcedureMatch(
        **_brief(facts, commune, language),
        match=found.match if found else None,
        score=found.score if found else None,
    )


def _brief(facts: ProcedureFacts, commune: str | None, language: Language) -> dict[str, Any]:
    """Return the fields of a ProcedureBrief."""
    brief = ProcedureBrief(
        id=facts.id,
        name=facts.names.to(language),
        names=Names.model_validate(facts.names.model_dump()),
        aliases=list(facts.aliases.to(language)),
        authority=facts.authority.to(language),
        summary=facts.summary.to(language),
        varies_by_commune=list(facts.varies_by_commune),
        differs=list(merged(facts, commune).differs),
    )
    return dict(brief)


def _index(facts: Sequence[ProcedureFacts]) -> NameIndex:
    return NameIndex(
        {
            each.id: [name for language in LANGUAGES for name in (each.names.to(language), *each.aliases.to(language))]
            for each in facts
        }
    )


def _alike(session: Session, written: str, language: Language) -> list[dict[str, Any]]:
    facts, _ = repository.procedures(session)
    names = {each.id: each.names.to(language) for each in facts}
    ids = _index(facts).alike(written[:80].replace("_", " "), _SUGGESTIONS)
    return [{"id": each, "name": names[each]} for each in ids]
