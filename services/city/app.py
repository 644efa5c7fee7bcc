"""The façade's application factory: ``uvicorn services.city.app:create_app --factory``."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

from fastapi import FastAPI

from kit.clock import Clock, clock_from_environment
from services.city import health
from services.city.communes import router as communes
from services.city.core import errors, openapi, warming
from services.city.core.database import make_engine, make_reader_factory, make_session_factory
from services.city.core.migrate import upgrade
from services.city.core.observability import Metrics, ObserveRequests
from services.city.core.settings import CitySettings
from services.city.knowledge import router as knowledge
from services.city.knowledge.memory import KnowledgeMemory
from services.city.open311 import router as open311
from services.city.participation import router as participation
from services.city.permits import router as permits
from services.city.permits.advice import router as advice
from services.city.permits.appointments import router as appointments
from services.city.permits.dossiers import router as dossiers
from services.city.places import indexing
from services.city.places import router as places
from services.city.requests import remotes
from services.city.requests import router as requests
from services.city.requests.photos import router as photos
from services.city.transport import router as transport
from services.city.transport.accessibility import router as accessibility
from services.city.transport.bikes import router as bikes
from services.city.transport.car_parks import router as car_parks
from services.city.transport.fares import router as fares
from services.city.transport.journeys import router as journeys
from services.city.transport.journeys import warming as journeys_warming
from services.city.transport.lez import router as lez
from services.city.transport.lost_property import router as lost_property
from services.city.transport.memory import TransportMemory
from services.city.transport.nearest import router as nearest
from services.city.transport.parking import router as parking
from services.city.upkeep import keep_purging
from services.city.waste import router as waste
from services.city.waste.points import router as waste_points
from services.city.waste.rules import router as waste_rules
from services.city.waste.sorting import router as sorting
from services.common import openapi as problems
from services.common.logs import mask_personal_data

#: One router a topic.
ROUTERS = (
    places.router,
    nearest.router,
    transport.router,
    accessibility.router,
    journeys.router,
    bikes.router,
    fares.router,
    lez.router,
    parking.router,
    car_parks.router,
    lost_property.router,
    waste.router,
    sorting.router,
    waste_points.router,
    waste_rules.router,
    permits.router,
    advice.router,
    dossiers.router,
    appointments.router,
    participation.router,
    communes.router,
    knowledge.router,
    photos.router,
    requests.router,
    open311.router,
    health.router,
)

#: How long to wait at the end, in seconds, for a thread that may still be compiling.
_WARMED_S: Final = 5


def create_app(settings: CitySettings | None = None, clock: Clock | None = None) -> FastAPI:
    """Return the façade on its own engine; the database is brought to the newest schema first."""
    mask_personal_data()
    settings = settings or CitySettings()
    engine = make_engine(settings.database_url, pool_size=settings.pool_size, personal=True)
    upgrade(engine)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        sessions = app.state.sessions
        warmed = warming.start(
            {
                "the names of places": lambda: indexing.warm(sessions),
                "the network for journeys": lambda: journeys_warming.warm(sessions, app.state.clock),
                "the knowledge search": lambda: app.state.knowledge.warm(
                    sessions, app.state.transport, app.state.clock.now()
                ),
            }
        )
        purging = asyncio.create_task(keep_purging(app.state.sessions, settings, app.state.clock))
        yield
        purging.cancel()
        with suppress(asyncio.CancelledError):
            await purging
        await asyncio.to_thread(warmed.join, _WARMED_S)
        engine.dispose()

    app = FastAPI(
        title="City façade",
        version="1.0",
        summary="What the Brussels-Capital Region knows about transport, waste, permits and places, in one API.",
        description=openapi.DESCRIPTION,
        openapi_tags=openapi.TAGS,
        lifespan=lifespan,
    )
    metrics = Metrics()
    # Not in the lifespan: in-process clients (``httpx.ASGITransport``) do not run it.
    app.state.engine = engine
    app.state.sessions = make_session_factory(engine)
    app.state.readers = make_reader_factory(engine)
    app.state.clock = clock or clock_from_environment()
    app.state.metrics = metrics
    app.state.settings = settings
    app.state.request_routes = remotes.routes(remotes.read(settings.remotes_file))
    app.state.transport = TransportMemory(settings)
    app.state.knowledge = KnowledgeMemory()
    errors.install(app)
    problems.install(app, errors.Problem, errors.MEDIA_TYPE)
    for router in ROUTERS:
        app.include_router(router)
    app.add_middleware(ObserveRequests, metrics=metrics)
    return app
