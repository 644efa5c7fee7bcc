"""The endpoint of journeys."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final, get_args

from fastapi import APIRouter, Query

from services.city.core.dependencies import ClockDep, SessionDep
from services.city.core.errors import CityError, documented
from services.city.transport.journeys import service
from services.city.transport.journeys.question import Question
from services.city.transport.journeys.schemas import Journeys, Mode
from services.city.transport.moments import Moment

router = APIRouter(prefix="/v1/transport", tags=["transport"])

_MODES: Final[tuple[str, ...]] = get_args(Mode)
_PLACE: Final = "any place's id (stop, address, street, commune, …) or a latitude and a longitude."

From = Annotated[
    str,
    Query(alias="from", description=f"From where: {_PLACE}", min_length=1, max_length=200, examples=["stop:flagey"]),
]
To = Annotated[
    str, Query(alias="to", description=f"Where to: {_PLACE}", min_length=1, max_length=200, examples=["50.846,4.352"])
]
Via = Annotated[
    str | None,
    Query(description=f"A place to go by: {_PLACE}", min_length=1, max_length=200, examples=["stop:merode"]),
]
At = Annotated[
    Moment,
    Query(description="Earliest departure; now where it and `arrive_by` are left out. Local time without an offset."),
]
ArriveBy = Annotated[Moment, Query(description="Latest arrival, instead of `at`. Local time without an offset.")]
Limit = Annotated[int, Query(ge=1, le=5, description="Most ways in the answer.")]
MaxWalk = Annotated[
    int, Query(ge=0, le=3_000, description="Metres of the longest single walk. Between two stops it is 600 at most.")
]
Modes = Annotated[
    str | None,
    Query(
        description=f"Vehicles to use, with commas: {', '.join(_MODES)}. Default: all.",
        max_length=100,
        examples=["metro,tram"],
    ),
]
StepFree = Annotated[
    bool,
    Query(
        description="Never use a stop or trip that is known not to be accessible in a wheelchair. Ways of which all is "
        "known come first; where there are none, `step_free` is null in those of which something is not known."
    ),
]


@router.get(
    "/journeys",
    operation_id="journeys",
    summary="From one place to another",
    responses=documented(404, 422, 503),
)
def journeys(
    *,
    origin: From,
    destination: To,
    session: SessionDep,
    clock: ClockDep,
    via: Via = None,
    at: At = None,
    arrive_by: ArriveBy = None,
    limit: Limit = 3,
    max_walk_m: MaxWalk = 1_000,
    modes: Modes = None,
    step_free: StepFree = False,
) -> Journeys:
    """List ways to get from place to place by timetable and on foot, within 24 hours of the time asked about.

    The earliest arrival comes first, or the latest departure where `arrive_by` is given; the others have fewer changes,
    less walking, or are the next ones. A walk alone is listed where it is near enough. Walks are estimated.

    Errors: `place_not_found` and `stop_not_found` with suggestions, `no_stop_nearby` with the nearest stops,
    `dates_not_covered` with the days that the timetables hold for, `no_journey` with what was tried, `no_timetable`;
    `same_place`, `invalid_point`, `two_times`, `unknown_mode`.
    """
    question = Question(origin, destination, via, at, arrive_by, limit, max_walk_m, _modes(modes), step_free)
    return service.journeys(session, clock, question)


def _modes(written: str | None) -> frozenset[str]:
    asked = frozenset(mode.strip() for mode in (written or "").split(",") if mode.strip())
    unknown = sorted(asked - set(_MODES))
    if unknown:
        raise CityError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "unknown_mode",
            f"There is no mode {unknown[0][:40]!r}; there are {', '.join(_MODES)}.",
            [{"mode": mode} for mode in _MODES],
        )
    return asked
