"""The sorting guide as answers, in one language."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy.orm import Session

from kit.clock import Clock
from kit.languages import Language
from kit.text import fold
from services.city.core.errors import NotFoundError
from services.city.core.hours import Note
from services.city.core.schemas import stated
from services.city.waste.sorting.facts import SortingItem
from services.city.waste.sorting.guide import Guide, Match, current
from services.city.waste.sorting.schemas import (
    Destination,
    SortingItemAnswer,
    SortingItemInfo,
    SortingMatch,
    SortingNames,
    SortingPage,
    SortingVocabulary,
)

_SUGGESTIONS: Final = 5


def search(
    session: Session,
    clock: Clock,
    language: Language,
    *,
    query: str | None,
    destination: str | None,
    limit: int,
    offset: int,
) -> SortingPage:
    """Return the things that a text may mean, best first; all of them by name where there is no text.

    Raises NotFoundError ``sorting_item_not_found`` with the things of the most similar names.
    """
    guide, datasets = current(session)
    if query is None or not query.strip():
        listed = sorted(guide.items.values(), key=lambda item: fold(item.of(language)[0]))
        matches = [Match(item, 100.0, "") for item in listed]
    else:
        matches = guide.search(query, language)
        if not matches:
            detail = f"The guide has nothing called {query[:80]!r}."
            raise NotFoundError("sorting_item_not_found", detail, _alike(guide, query, language))
    if destination is not None:
        matches = [match for match in matches if destination in match.item.to]
    source, as_of = stated(datasets, clock.now())
    return SortingPage(
        source=source,
        as_of=as_of,
        items=[_match(guide, match, language) for match in matches[offset : offset + limit]],
        total=len(matches),
        limit=limit,
        offset=offset,
        ambiguous=bool(query and query.strip()) and len(matches) > 1,
    )


def vocabulary(session: Session, clock: Clock) -> SortingVocabulary:
    """Return every name of every thing."""
    guide, datasets = current(session)
    source, as_of = stated(datasets, clock.now())
    items = [
        SortingNames(id=key, fr=list(item.fr), nl=list(item.nl), en=list(item.en))
        for key, item in sorted(guide.items.items())
    ]
    return SortingVocabulary(source=source, as_of=as_of, items=items)


def one_item(session: Session, clock: Clock, language: Language, item_id: str) -> SortingItemAnswer:
    """Return a thing; NotFoundError ``sorting_item_not_found`` with the most similar as suggestions."""
    guide, datasets = current(session)
    item = guide.items.get(item_id)
    if item is None:
        detail = f"The guide has no {item_id[:80]!r}."
        raise NotFoundError("sorting_item_not_found", detail, _alike(guide, item_id.replace("_", " "), language))
    source, as_of = stated(datasets, clock.now())
    return SortingItemAnswer(
        source=source, as_of=as_of, aliases=list(item.of(language)[1:]), **dict(_info(guide, item, language))
    )


def _match(guide: Guide, match: Match, language: Language) -> SortingMatch:
    return SortingMatch(score=match.score, matched=match.name or None, **dict(_info(guide, match.item, language)))


def _info(guide: Guide, item: SortingItem, language: Language) -> SortingItemInfo:
    return SortingItemInfo(
        id=item.id,
        name=item.of(language)[0],
        names=Note(fr=item.fr[0], nl=item.nl[0], en=item.en[0]),
        destinations=[_destination(guide, each, language) for each in item.to],
        why=item.why.to(language),
        trap=item.trap.to(language) if item.trap else None,
    )


def _destination(guide: Guide, destination_id: str, language: Language) -> Destination:
    facts = guide.destinations[destination_id]
    return Destination(
        id=facts.id,
        kind=facts.kind,
        name=facts.names.to(language),
        how=facts.how.to(language),
        fraction=facts.fraction,
        material=facts.material,
    )


def _alike(guide: Guide, written: str, language: Language) -> list[dict[str, Any]]:
    return [{"id": item.id, "name": item.of(language)[0]} for item in guide.alike(written[:80], _SUGGESTIONS)]
