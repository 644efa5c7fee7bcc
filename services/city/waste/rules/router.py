"""Endpoint of the rules about waste."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from services.city.core.dependencies import ClockDep, LanguageDep, LimitQuery, OffsetQuery, SessionDep
from services.city.core.errors import documented
from services.city.waste.rounds import Fraction
from services.city.waste.rules import service
from services.city.waste.rules.facts import Topic
from services.city.waste.rules.schemas import RulePage

router = APIRouter(prefix="/v1/waste", tags=["waste"])

TopicQuery = Annotated[Topic | None, Query(description="Rules on this topic only.")]
FractionQuery = Annotated[
    Fraction | None, Query(description="Rules for this bag only, and those about no bag in particular.")
]
CommuneQuery = Annotated[
    str | None,
    Query(
        description="A commune's id: its own rules come too, before the others.",
        examples=["auderghem"],
        min_length=1,
        max_length=80,
    ),
]
On = Annotated[date | None, Query(description="Rules that hold on this day; today in Brussels if absent.")]


@router.get(
    "/rules",
    operation_id="list_waste_rules",
    summary="Which bag is for what, prices, put-out hours, weights, fines, bulky waste",
    responses=documented(422, 503),
)
def list_waste_rules(
    *,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    topic: TopicQuery = None,
    fraction: FractionQuery = None,
    commune: CommuneQuery = None,
    on: On = None,
    limit: LimitQuery = 50,
    offset: OffsetQuery = 0,
) -> RulePage:
    """List the rules that hold on a day, each with the page that it was read on and since when it holds.

    What does not hold on that day is not answered.
    """
    return service.rules(
        session,
        clock,
        language,
        topic=topic,
        fraction=fraction,
        commune=commune,
        on=on,
        limit=limit,
        offset=offset,
    )
