"""Endpoint of fares."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from services.city.core.dependencies import ClockDep, LanguageDep, LimitQuery, OffsetQuery, SessionDep
from services.city.core.errors import documented
from services.city.transport.fares import service
from services.city.transport.fares.facts import Condition, Ticket
from services.city.transport.fares.schemas import Fares

router = APIRouter(prefix="/v1/transport", tags=["transport"])

TicketQuery = Annotated[Ticket | None, Query(description="Tickets of this kind only.")]
AgeQuery = Annotated[int | None, Query(ge=0, le=120, description="Tickets for a person of this age only, in years.")]
ConditionQuery = Annotated[
    Condition | None,
    Query(description="Tickets that need this condition or none; without it, all are listed and say what they need."),
]
WordsQuery = Annotated[
    str | None,
    Query(description="What people call it, in French, Dutch or English.", examples=["pass mensuel"], max_length=200),
]


@router.get(
    "/fares",
    operation_id="fares",
    summary="Tickets and passes: price, conditions, where to buy",
    responses=documented(422, 503),
)
def fares(
    *,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    ticket: TicketQuery = None,
    age: AgeQuery = None,
    condition: ConditionQuery = None,
    q: WordsQuery = None,
    limit: LimitQuery = 20,
    offset: OffsetQuery = 0,
) -> Fares:
    """List the tickets that fit, each with the day since which its price holds."""
    return service.fares(
        session, clock, language, ticket=ticket, age=age, condition=condition, query=q, limit=limit, offset=offset
    )
