"""``/health/live``, ``/health/ready`` and ``/metrics``."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Literal

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel, Field
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from services.gateway.core.database import Database

router = APIRouter(tags=["health"])


class Alive(BaseModel):
    """The process answers."""

    status: str = Field(examples=["alive"])


class Ready(BaseModel):
    """Which parts answer."""

    status: Literal["ready", "degraded", "unavailable"] = Field(
        description="`unavailable` without database or dialogue; `degraded` where only facts of the city are missing."
    )
    database: bool
    dialogue: bool
    city: bool


@router.get("/health/live", operation_id="health_live", summary="Is the process alive?")
async def live() -> Alive:
    """Answer without asking anyone."""
    return Alive(status="alive")


@router.get(
    "/health/ready",
    operation_id="health_ready",
    summary="Can residents be answered?",
    responses={503: {"model": Ready, "description": "Not now."}},
)
async def ready(request: Request, response: Response) -> Ready:
    """Ask the database, the Rasa server and the city façade."""
    state = request.app.state
    database, dialogue, city = await asyncio.gather(
        _answers(state.database), state.dialogue.ready(), state.city.ready()
    )
    usable = database and dialogue
    if not usable:
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    status: Literal["ready", "degraded", "unavailable"] = "unavailable"
    if usable:
        status = "ready" if city else "degraded"
    return Ready(status=status, database=database, dialogue=dialogue, city=city)


@router.get(
    "/metrics",
    operation_id="metrics",
    summary="Metrics for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "Metrics."}},
)
async def metrics(request: Request) -> Response:
    """Counts and times, by route."""
    return Response(generate_latest(request.app.state.metrics.registry), media_type=CONTENT_TYPE_LATEST)


async def _answers(database: Database) -> bool:
    try:
        await database.read(lambda connection: connection.execute(text("SELECT 1")))
    except (SQLAlchemyError, OSError):
        return False
    return True
