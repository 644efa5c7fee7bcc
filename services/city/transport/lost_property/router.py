"""Endpoint of lost property."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from services.city.core.dependencies import ClockDep, LanguageDep, LimitQuery, OffsetQuery, SessionDep
from services.city.core.errors import documented
from services.city.transport.lost_property import service
from services.city.transport.lost_property.schemas import LostPropertyPage

router = APIRouter(prefix="/v1/transport", tags=["transport"])

OperatorQuery = Annotated[
    str | None, Query(description="This operator only, by id or name.", examples=["stib"], min_length=1, max_length=80)
]
ModeQuery = Annotated[
    str | None,
    Query(description="Operators that run this only: tram, bus, metro, train, bike.", examples=["tram"], max_length=40),
]


@router.get(
    "/lost-property",
    operation_id="lost_property",
    summary="Where and how to report what was lost, by operator",
    responses=documented(404, 422, 503),
)
def lost_property(
    *,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    operator: OperatorQuery = None,
    mode: ModeQuery = None,
    limit: LimitQuery = 20,
    offset: OffsetQuery = 0,
) -> LostPropertyPage:
    """List the operators with how to report a loss; `operator_not_found` suggests those that there are."""
    return service.lost_property(session, clock, language, operator=operator, mode=mode, limit=limit, offset=offset)
