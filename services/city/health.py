"""``/health/live``, ``/health/ready`` and ``/metrics``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import AwareDatetime, BaseModel, Field
from sqlalchemy.orm import Session

from services.city.core import datasets, feed_states
from services.city.core.dependencies import ClockDep, SessionDep
from services.city.core.errors import documented
from services.city.core.feed_health import health
from services.city.core.feed_metrics import feed_metrics
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


class WatchedSource(BaseModel):
    """An outside source that is kept up to date, and how it is doing."""

    source: str = Field(examples=["stib_waiting_times"])
    title: str
    feed: str | None = Field(description="The feed that it is imported as, where it becomes one.")
    status: Literal["fresh", "late", "failing", "never"]
    why: str = Field(description="The reason for the status, for people.")
    succeeded_at: AwareDatetime | None
    changed_at: AwareDatetime | None = Field(description="When it last had something new.")
    failures: int = Field(ge=0, description="Failures in a row.")


class Ready(BaseModel):
    """The database answers; what it holds."""

    status: str = Field(examples=["ready"], description="`ready`, or `empty` where no feed has been imported yet.")
    feeds: list[Feed]
    sources: list[WatchedSource] = Field(description="The sources that are enabled. A late one makes nothing unready.")


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
    return Ready(status="ready" if feeds else "empty", feeds=feeds, sources=_sources(session, now))


def _sources(session: Session, now: datetime) -> list[WatchedSource]:
    ends = {dataset.feed: dataset.valid_until for dataset in datasets.in_use(session) if not dataset.sample}
    found = []
    for state in feed_states.every(session):
        how = health(state, now, ends.get(state.feed or ""))
        if how.status != "off":
            found.append(
                WatchedSource(
                    source=state.source,
                    title=state.title,
                    feed=state.feed,
                    status=how.status,
                    why=how.why,
                    succeeded_at=feed_states.aware(state.succeeded_at),
                    changed_at=feed_states.aware(state.changed_at),
                    failures=state.failures,
                )
            )
    return found


@router.get(
    "/metrics",
    operation_id="metrics",
    summary="Metrics for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "Metrics."}},
)
def metrics(request: Request, session: SessionDep, clock: ClockDep) -> Response:
    """Counts and times of requests by route, and how old the feeds are."""
    registries = (request.app.state.metrics.registry, feed_metrics(session, clock.now()))
    return Response(b"".join(map(generate_latest, registries)), media_type=CONTENT_TYPE_LATEST)
