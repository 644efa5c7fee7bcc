"""Endpoint of the topic participation."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from services.city.core.dependencies import ClockDep, LanguageDep, LimitQuery, OffsetQuery, SessionDep
from services.city.core.errors import documented
from services.city.participation import service
from services.city.participation.facts import Kind
from services.city.participation.schemas import ParticipationPage

router = APIRouter(prefix="/v1/participation", tags=["participation"])

CommuneId = Annotated[
    str | None,
    Query(
        description="A commune's id: its own and the Region's are answered.",
        examples=["forest"],
        min_length=1,
        max_length=80,
    ),
]
Day = Annotated[date | None, Query(description="The day on which they are open; today where none is given.")]
KindQuery = Annotated[
    Kind | None, Query(description="Only what is open of this kind.", examples=["participatory_budget"])
]


@router.get(
    "",
    operation_id="participation",
    summary="What residents can take part in",
    response_description="What is open on the day, what comes, and how to have a say anyway.",
    responses=documented(404, 422, 503),
)
def participation(
    *,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    commune: CommuneId = None,
    on: Day = None,
    kind: KindQuery = None,
    limit: LimitQuery = 20,
    offset: OffsetQuery = 0,
) -> ParticipationPage:
    """List consultations, participatory budgets, neighbourhood contracts and the like that are open on a day.

    `coming` has what opens later. `ways` tells how to have a say whatever is open: petitions, a question to the
    council, public inquiries, an idea. `commune_not_found` suggests the communes of similar names.
    """
    asked = service.Asked(commune=commune, on=on, kind=kind, limit=limit, offset=offset)
    return service.participation(session, clock, language, asked)
