"""Endpoints of the topic permits."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query

from services.city.core.dependencies import ClockDep, LanguageDep, LimitQuery, OffsetQuery, SessionDep
from services.city.core.errors import documented
from services.city.core.schemas import Page
from services.city.permits import service
from services.city.permits.schemas import ProcedureAnswer, ProcedureMatch

router = APIRouter(prefix="/v1/permits", tags=["permits"])

ProcedureId = Annotated[str, Path(description="The procedure's id.", examples=["planning"], max_length=200)]
Search = Annotated[
    str | None,
    Query(
        alias="q",
        description="What it is called, in any of the three languages.",
        examples=["bouwvergunning"],
        max_length=200,
    ),
]
CommuneId = Annotated[
    str | None,
    Query(
        description="A commune's id: what it does otherwise counts.",
        examples=["etterbeek"],
        min_length=1,
        max_length=80,
    ),
]


VariantId = Annotated[
    str | None,
    Query(
        description="One of the procedure's variants: only its prices and its lead time are answered.",
        examples=["second_car"],
        min_length=1,
        max_length=60,
    ),
]
Day = Annotated[
    date | None,
    Query(alias="date", description="The day of the move or the event: the answer says the last day to ask for it."),
]


@router.get(
    "/procedures",
    operation_id="list_procedures",
    summary="Permit procedures, all or by what they are called",
    response_description="The procedures that fit, best first; all of them by name where nothing is searched for.",
    responses=documented(404, 422, 503),
)
def list_procedures(
    *,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    query: Search = None,
    commune: CommuneId = None,
    limit: LimitQuery = 50,
    offset: OffsetQuery = 0,
) -> Page[ProcedureMatch]:
    """List the procedures that a text names in French, Dutch or English, whatever the language of the answer.

    The very name of a procedure finds that one alone; else all that fit nearly as well as the best do. The page is
    empty where nothing fits. `commune_not_found` suggests the communes of similar names.
    """
    return service.list_procedures(session, clock, language, query=query, commune=commune, limit=limit, offset=offset)


@router.get(
    "/procedures/{procedure_id}",
    operation_id="procedure",
    summary="One permit procedure, in general or in a commune",
    response_description="The procedure; its facets are those of the commune where one was given.",
    responses=documented(404, 422, 503),
)
def procedure(
    *,
    procedure_id: ProcedureId,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    commune: CommuneId = None,
    variant: VariantId = None,
    day: Day = None,
) -> ProcedureAnswer:
    """Return who may ask, the documents, cost, duration, steps, languages, desk and online form of a procedure.

    With a commune, what differs there stands in place of the general facts, and is named in `differs`. With a date, the
    answer says the last day on which to ask for it; Belgian public holidays count. Errors: `procedure_not_found` and
    `commune_not_found` (404) suggest the most similar that exist; `unknown_variant`, `day_out_of_range` (422).
    """
    return service.one_procedure(session, clock, language, procedure_id, commune=commune, variant=variant, day=day)
