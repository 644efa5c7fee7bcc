"""Endpoints of the topic permits."""

from __future__ import annotations

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
    procedure_id: ProcedureId,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    commune: CommuneId = None,
) -> ProcedureAnswer:
    """Return who may ask, the documents, cost, duration, steps, languages, desk and online form of a procedure.

    With a commune, what differs there stands in place of the general facts, and is named in `differs`. Errors:
    `procedure_not_found` and `commune_not_found` (404) suggest the most similar that exist.
    """
    return service.one_procedure(session, clock, language, procedure_id, commune)
