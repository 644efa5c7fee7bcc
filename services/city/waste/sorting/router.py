"""Endpoints of the sorting guide."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from services.city.core.dependencies import ClockDep, LanguageDep, LimitQuery, OffsetQuery, SessionDep
from services.city.core.errors import documented
from services.city.waste.sorting import service
from services.city.waste.sorting.schemas import SortingItemAnswer, SortingPage, SortingVocabulary

router = APIRouter(prefix="/v1/waste", tags=["waste"])

Search = Annotated[
    str | None,
    Query(
        alias="q",
        description="What is to be thrown away: a word or a whole question, in any of the three languages.",
        examples=["les barquettes de viande"],
        max_length=200,
    ),
]
DestinationId = Annotated[
    str | None, Query(description="Things that may go there only.", examples=["blue"], max_length=60)
]
ItemId = Annotated[str, Path(description="The thing's id.", examples=["pizza_box"], max_length=200)]


@router.get(
    "/sorting",
    operation_id="search_sorting",
    summary="Where a thing goes: which bag, bank, shop or park, why, and what people get wrong",
    response_description="The things that fit, best first; all of them by name where nothing is searched for.",
    responses=documented(404, 422, 503),
)
def search_sorting(
    *,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    query: Search = None,
    destination: DestinationId = None,
    limit: LimitQuery = 20,
    offset: OffsetQuery = 0,
) -> SortingPage:
    """Find things by what people call them: misspelt, in the plural, in a sentence, whatever the answer's language.

    Where a word means several things ("glass"), `ambiguous` is true and all of them are listed. Where nothing fits,
    `sorting_item_not_found` (404) suggests the things of the most similar names.
    """
    return service.search(session, clock, language, query=query, destination=destination, limit=limit, offset=offset)


@router.get(
    "/sorting-vocabulary",
    operation_id="sorting_vocabulary",
    summary="Every name of what is thrown away",
    responses=documented(422, 503),
)
def sorting_vocabulary(session: SessionDep, clock: ClockDep) -> SortingVocabulary:
    """Return all names of all things in the three languages: what the assistant learns."""
    return service.vocabulary(session, clock)


@router.get(
    "/sorting/{item_id}",
    operation_id="sorting_item",
    summary="One thing of the sorting guide",
    responses=documented(404, 422, 503),
)
def sorting_item(item_id: ItemId, session: SessionDep, clock: ClockDep, language: LanguageDep) -> SortingItemAnswer:
    """Return a thing by its id; `sorting_item_not_found` suggests the most similar."""
    return service.one_item(session, clock, language, item_id)
