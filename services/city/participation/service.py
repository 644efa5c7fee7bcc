"""Participation as answers: what is open on a day, what comes, and how to have a say anyway."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from rapidfuzz import fuzz, process
from sqlalchemy.orm import Session

from kit.clock import Clock, today
from kit.languages import Language
from kit.text import fold
from services.city.core.errors import NotFoundError
from services.city.core.schemas import Commune, Name, stated
from services.city.models.participation import ParticipationRecord
from services.city.participation import repository
from services.city.participation.facts import Kind, Opportunity, Stated, Way
from services.city.participation.schemas import MeetingInfo, OpportunityInfo, ParticipationPage, WayInfo

_MOST_COMING: Final = 10
_SUGGESTIONS: Final = 3
_ALIKE: Final = 60.0


@dataclass(frozen=True)
class Asked:
    """What is asked for."""

    commune: str | None
    on: date | None
    kind: Kind | None
    limit: int
    offset: int


def participation(session: Session, clock: Clock, language: Language, asked: Asked) -> ParticipationPage:
    """Return a page of what is open on a day (default: today), of a commune and the Region where one is given.

    Raises NotFoundError ``commune_not_found`` with those of similar names.
    """
    on = asked.on or today(clock)
    known = repository.communes(session)
    where = _commune(known, asked.commune) if asked.commune is not None else None
    slug = where.id if where else None
    found, total = repository.open_on(session, on, slug, asked.kind, limit=asked.limit, offset=asked.offset)
    coming = repository.opening_after(session, on, slug, asked.kind, _MOST_COMING)
    ways = repository.ways(session)
    source, as_of = stated(repository.datasets(session, [*found, *coming, *ways]), clock.now())
    return ParticipationPage(
        source=source,
        as_of=as_of,
        items=[_opportunity(each, known, on, clock, language) for each in found],
        total=total,
        limit=asked.limit,
        offset=asked.offset,
        on=on,
        commune=where,
        coming=[_opportunity(each, known, on, clock, language) for each in coming],
        ways=[_way(each, language) for each in ways],
    )


def _opportunity(
    record: ParticipationRecord, known: Mapping[str, Commune], on: date, clock: Clock, language: Language
) -> OpportunityInfo:
    facts = Opportunity.model_validate(record.body)
    zone = clock.now().tzinfo
    meetings = sorted(facts.meetings, key=lambda each: each.starts_at)
    return OpportunityInfo(
        **_entry(facts, language),
        kind=facts.kind,
        commune=known.get(facts.commune) if facts.commune else None,
        opens=facts.opens,
        closes=facts.closes,
        days_left=(facts.closes - on).days if facts.opens <= on else None,
        meetings=[
            MeetingInfo(starts_at=each.starts_at.astimezone(zone), place=Name(fr=each.place.fr, nl=each.place.nl))
            for each in meetings
            if each.starts_at.astimezone(zone).date() >= on
        ],
    )


def _way(record: ParticipationRecord, language: Language) -> WayInfo:
    facts = Way.model_validate(record.body)
    return WayInfo(
        **_entry(facts, language),
        rule=Name(fr=facts.rule.fr, nl=facts.rule.nl) if facts.rule else None,
        capability=facts.capability,
        valid_from=facts.valid_from,
    )


def _entry(facts: Stated, language: Language) -> dict[str, Any]:
    texts = {name: getattr(facts, name).to(language) for name in ("summary", "who", "how", "organiser")}
    url = facts.url.to(language) if facts.url else None
    return {"id": facts.id, "name": facts.names.to(language), "url": url, **texts}


def _commune(known: Mapping[str, Commune], written: str) -> Commune:
    found = known.get(written.removeprefix("commune:"))
    if found is None:
        names = {fold(name): each for each in known.values() for name in (each.name.fr, each.name.nl)}
        best = process.extract(fold(written[:80]), list(names), scorer=fuzz.ratio, limit=10, score_cutoff=_ALIKE)
        alike = list({names[name].id: names[name] for name, _, _ in best}.values())[:_SUGGESTIONS]
        raise NotFoundError("commune_not_found", f"There is no commune {written[:80]!r}.", alike)
    return found
