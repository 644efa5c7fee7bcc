"""Endpoints of advice."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import StringConstraints

from services.city.core.dependencies import ClockDep, LanguageDep, LimitQuery, OffsetQuery, SessionDep
from services.city.core.errors import CityError, documented
from services.city.core.schemas import Page
from services.city.permits.advice import service
from services.city.permits.advice.schemas import AdviceAnswer, AdviceRequest, ProjectMatch

router = APIRouter(prefix="/v1/permits/advice", tags=["permits"])

ProjectId = Annotated[str, Path(description="The project's id.", examples=["solar_panels"], max_length=200)]
Search = Annotated[
    str | None,
    Query(
        alias="q",
        description="What somebody wants to do, in any of the three languages.",
        examples=["installer une véranda"],
        max_length=200,
    ),
]
GivenAnswers = Annotated[
    list[Annotated[str, StringConstraints(max_length=130)]],
    Query(
        alias="answer",
        description="An answer so far, as `question:choice`; repeat it for each.",
        examples=[["visible:hidden", "heritage:not_protected"]],
        max_length=20,
    ),
]


@router.get(
    "",
    operation_id="list_projects",
    summary="What there is advice on, all or by what people write",
    response_description="The projects that fit, best first; all of them by name where nothing is searched for.",
    responses=documented(422, 503),
)
def list_projects(
    *,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    query: Search = None,
    limit: LimitQuery = 50,
    offset: OffsetQuery = 0,
) -> Page[ProjectMatch]:
    """List the works and uses that a text names in French, Dutch or English; misspelt words are understood.

    The page is empty where nothing fits.
    """
    return service.list_projects(session, clock, language, query=query, limit=limit, offset=offset)


@router.get(
    "/{project}",
    operation_id="advice",
    summary="Whether it needs a permit: the next question, or the verdict",
    response_description="The question that leads to a verdict soonest, or the verdict and what it stands on.",
    responses=documented(404, 422, 503),
)
def advice(
    project: ProjectId,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    answer: GivenAnswers = [],  # noqa: B006 - FastAPI copies it
) -> AdviceAnswer:
    """Tell whether works or a use need a permit; nothing is kept between two calls.

    Of the questions that could come, the one comes next that leaves the fewest to ask on average. The verdict names
    the rule, the answers that led to it and the next step; where the rules leave room, it says who decides. Errors:
    `project_not_found` (404); `unknown_question`, `unknown_choice` and `answered_twice` (422).
    """
    return service.advise(session, clock, language, project, _by_question(answer))


@router.post(
    "/{project}",
    operation_id="advice_by_post",
    summary="Whether it needs a permit, with the answers as JSON",
    response_description="The question that leads to a verdict soonest, or the verdict and what it stands on.",
    responses=documented(400, 404, 422, 503),
)
def advice_by_post(
    project: ProjectId, asked: AdviceRequest, session: SessionDep, clock: ClockDep, language: LanguageDep
) -> AdviceAnswer:
    """Tell whether works or a use need a permit, as the GET does; nothing is written."""
    return service.advise(session, clock, language, project, asked.answers)


def _by_question(answers: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in answers:
        question, _, choice = each.partition(":")
        if found.setdefault(question, choice) != choice:
            detail = f"The question {question[:60]!r} has two answers."
            raise CityError(HTTPStatus.UNPROCESSABLE_ENTITY, "answered_twice", detail)
    return found
