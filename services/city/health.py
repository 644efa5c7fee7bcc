"""``/health/live``, ``/health/ready`` and ``/metrics``."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import AwareDatetime, BaseModel, Field

from services.city.core import datasets
from services.city.core.dependencies import ClockDep, SessionDep
from services.city.core.errors import documented
from services.city.core.schemas import stated

router = APIRouter(tags=["health"])


class Alive(BaseModel):
    """The process answers."""

    status: str = Field(examples=["alive"])


class Feed(BaseModel):
    """A feed in use."""

    feed: str = Field(examples=["gtfs:stib"])
    topic: str = Field(examples=["transport"])
    source: str
    sample: bool
    as_of: AwareDatetime
    valid_until: date | None
    left_out: int = Field(ge=0, description="Lines of the feed that could not be imported.")


class Ready(BaseModel):
    """The database answers; what it holds."""

    status: str = Field(examples=["ready"], description="`ready`, or `empty` where no feed has been imported yet.")
    feeds: list[Feed]


@router.get("/health/live", operation_id="health_live", summary="Is the process alive?")
async def live() -> Alive:
    """Answer without touching the database."""
    return Alive(status="alive")


@router.get(
    "/health/ready",
    operation_id="health_ready",
    summary="Does the database answer, and which feeds are in use?",
    responses=documented(422, 503),
)
def ready(session: SessionDep, clock: ClockDep) -> Ready:
    """List the feeds in use with their age; 503 where the database does not answer."""
    now = clock.now()
    feeds = [
        Feed(
            feed=dataset.feed,
            topic=dataset.topic,
            source=dataset.source_name,
            sample=dataset.sample,
            as_of=stated([dataset], now)[1],
            valid_until=dataset.valid_until,
            left_out=dataset.report.get("problem_count", 0),
        )
        for dataset in datasets.in_use(session)
    ]
    return Ready(status="ready" if feeds else "empty", feeds=feeds)


@router.get(
    "/metrics",
    operation_id="metrics",
    summary="Metrics for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "Metrics."}},
)
async def metrics(request: Request) -> Response:
    """Counts and times of requests by route."""
    return Response(generate_latest(request.app.state.metrics.registry), media_type=CONTENT_TYPE_LATEST)
