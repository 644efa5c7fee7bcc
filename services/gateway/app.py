"""The gateway's application factory: ``uvicorn services.gateway.app:create_app --factory``."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from functools import partial

import httpx
from fastapi import FastAPI
from starlette.datastructures import State
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from kit.clock import Clock, SystemClock, clock_from_environment
from services.common import openapi as problems
from services.common import retention
from services.common.logs import mask_personal_data
from services.common.uploads import FORM_MARGIN
from services.desk.settings import DeskSettings
from services.gateway import accessibility, calendar, feedback, health, offers, privacy
from services.gateway.channels.desk import PATH as DESK_PATH
from services.gateway.channels.desk import open_desk, to_desk
from services.gateway.channels.handing_over import open_asking, open_hand_over
from services.gateway.channels.studio import PATH as STUDIO_PATH
from services.gateway.channels.studio import open_studio, to_studio
from services.gateway.channels.studio_figures import counted
from services.gateway.channels.studio_questions import asked
from services.gateway.channels.studio_tables import TABLES as STUDIO
from services.gateway.channels.telegram import open_channel
from services.gateway.conversations import router as conversations
from services.gateway.conversations.answering import Answering
from services.gateway.conversations.erasing import Erasing
from services.gateway.conversations.hub import Hub
from services.gateway.conversations.keeping import KINDS, Keeping
from services.gateway.conversations.line import Line
from services.gateway.conversations.service import Chat
from services.gateway.conversations.stopping import StopWords
from services.gateway.conversations.stream import Streams
from services.gateway.core import errors, openapi
from services.gateway.core.body import BodyLimit
from services.gateway.core.database import open_database, sync_engine
from services.gateway.core.headers import SecurityHeaders
from services.gateway.core.limits import Limits
from services.gateway.core.live import open_live
from services.gateway.core.migrate import upgrade
from services.gateway.core.observability import Metrics, ObserveRequests
from services.gateway.core.texts import Texts
from services.gateway.dialogue.collections import CityCollections
from services.gateway.dialogue.followed import CityFollowed
from services.gateway.dialogue.photos import CityPhotos
from services.gateway.dialogue.places import CityPlaces
from services.gateway.dialogue.rasa import RasaDialogue
from services.gateway.dialogue.rasa_server import RasaServer
from services.gateway.dialogue.requests import CityRequests
from services.gateway.handover.news import Newsroom
from services.gateway.notifications.appointments import AppointmentReminders
from services.gateway.notifications.collections import CollectionReminders
from services.gateway.notifications.delivering import Delivering
from services.gateway.notifications.following import Following
from services.gateway.notifications.leading import Leading
from services.gateway.notifications.lines import LineDisturbances
from services.gateway.notifications.outlets import StreamOutlet
from services.gateway.notifications.port import Outlet
from services.gateway.notifications.scheduling import Round, Scheduling
from services.gateway.notifications.stages import DossierChanges, RequestChanges
from services.gateway.photos import router as photo_router
from services.gateway.photos.adding import PhotoLimits, Photos
from services.gateway.photos.sending import PhotoSending, keep_sending
from services.gateway.retention import purge
from services.gateway.settings import GatewaySettings
from services.gateway.site import site
from services.studio.inbox.decisions import Decisions
from services.studio.inbox.inbox import Inbox
from services.studio.insight.figures import Figures
from services.studio.settings import StudioSettings
from services.telegram.channel import PATH as TELEGRAM_PATH
from services.telegram.settings import TelegramSettings

#: Bytes that a character of a message may take in JSON: two escapes of six, for those beyond the basic plane.
_BYTES_PER_CHARACTER = 12
_BYTES_AROUND = 4096


def create_app(
    settings: GatewaySettings | None = None,
    clock: Clock | None = None,
    telegram: TelegramSettings | None = None,
    desk: DeskSettings | None = None,
    studio: StudioSettings | None = None,
) -> FastAPI:
    """Return the gateway on its own database, which is brought to the newest schema first."""
    mask_personal_data()
    settings, telegram = settings or GatewaySettings(), telegram or TelegramSettings()
    # Telephones and browsers know no stopped clock: where BXL_NOW stops it, codes and sessions go by the machine's.
    desk_clock = clock or SystemClock()
    clock = clock or clock_from_environment()
    _migrate(settings.database_url)
    texts = Texts(settings.responses, settings.texts)
    metrics = Metrics()
    others = (
        RasaServer(settings.rasa_url, settings.rasa_timeout_s, settings.rasa_file),
        httpx.AsyncClient(base_url=settings.city_url, timeout=settings.city_timeout_s, trust_env=False),
    )

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await app.state.live.start()
        scheduling = asyncio.create_task(app.state.scheduling.run())
        sending = asyncio.create_task(
            keep_sending(app.state.sending, app.state.chat.to_send, metrics, settings.send_every_s)
        )
        if app.state.telegram:
            app.state.telegram.start()
        app.state.desk.start()
        yield
        await app.state.desk.stop()
        if app.state.telegram:
            await app.state.telegram.stop()
        for task in (scheduling, sending):
            task.cancel()
        await asyncio.gather(scheduling, sending, return_exceptions=True)
        await app.state.close()

    app = FastAPI(
        title="Gateway",
        version="1.0",
        summary="The assistant's public door: chat API and chat page.",
        description=openapi.DESCRIPTION,
        openapi_tags=openapi.TAGS,
        # The interactive pages load scripts from elsewhere, which the content security policy rightly forbids.
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    _wire(app, settings, (clock, desk_clock), texts=texts, metrics=metrics, others=others)
    open_channel(app.state, telegram, clock, texts)
    open_desk(app.state, desk or DeskSettings(), desk_clock)
    errors.install(app, texts)
    problems.install(app, errors.Problem, errors.MEDIA_TYPE)
    app.include_router(conversations.router)
    app.include_router(photo_router.router)
    app.include_router(feedback.router)
    app.include_router(offers.router)
    app.include_router(calendar.router)
    app.include_router(privacy.router)
    app.include_router(accessibility.router)
    app.include_router(health.router)
    if telegram.mode == "webhook":
        app.add_route(TELEGRAM_PATH, app.state.telegram.webhook, methods=["POST"], include_in_schema=False)
    app.mount(DESK_PATH, app.state.desk.app)
    app.add_route(DESK_PATH, to_desk, methods=["GET"], include_in_schema=False)
    app.mount(STUDIO_PATH, open_studio(app.state, studio or StudioSettings()))
    app.add_route(STUDIO_PATH, to_studio, methods=["GET"], include_in_schema=False)
    app.mount("/widget", site(settings.widget))
    # Not a mount, which would answer whatever other method an endpoint is asked with.
    app.router.routes.append(Route("/{path:path}", site(settings.page), methods=["GET"], include_in_schema=False))
    app.add_middleware(
        BodyLimit,
        most=settings.max_text * _BYTES_PER_CHARACTER + _BYTES_AROUND,
        # Twice the margin: the endpoint itself refuses what is too large for a photo, in words about photos.
        timeout_s=settings.body_timeout_s,
        larger={r"/api/v1/conversations/[^/]+/photos": settings.photo_bytes + 2 * FORM_MARGIN},
    )
    if settings.allowed_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.allowed_origins,
            allow_methods=["GET", "POST", "PATCH", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "Last-Event-ID"],
            expose_headers=["Content-Disposition", "Retry-After", "X-Request-ID"],
        )
    app.add_middleware(ObserveRequests, metrics=metrics, texts=texts)
    app.add_middleware(
        SecurityHeaders,
        frame_ancestors=settings.allowed_origins,
        image_sources=_tile_hosts(settings),
        closed=(DESK_PATH, STUDIO_PATH),
    )
    return app


def _tile_hosts(settings: GatewaySettings) -> list[str]:
    """Return where the pictures of maps may be loaded from; ``{s}`` stands for the names of several hosts."""
    if not settings.map_tiles:
        return []
    scheme, _, rest = settings.map_tiles.partition("://")
    return [f"{scheme}://{rest.partition('/')[0].replace('{s}', '*')}"]


def _migrate(database_url: str) -> None:
    engine = sync_engine(database_url)
    upgrade(engine)
    engine.dispose()


def _wire(
    app: FastAPI,
    settings: GatewaySettings,
    clocks: tuple[Clock, Clock],
    *,
    texts: Texts,
    metrics: Metrics,
    others: tuple[RasaServer, httpx.AsyncClient],
) -> None:
    """Put the parts together. Not in the lifespan: in-process clients (``httpx.ASGITransport``) do not run it."""
    (clock, desk_clock), (rasa, city_client) = clocks, others
    database = open_database(settings.database_url, pool_size=settings.pool_size)
    dialogue = RasaDialogue(rasa, settings.channel_secret.get_secret_value())
    city = CityPlaces(city_client)
    limits = Limits(settings.channel_secret.get_secret_value(), settings.redis_url)
    photos = Photos(database=database, clock=clock, limits=_photo_limits(settings))
    live = open_live(settings.redis_url)
    line, hub = Line(settings.max_waiting), Hub(settings.max_streams, live)
    newsroom = Newsroom(live, database)
    erasing = Erasing(
        database=database,
        dialogue=dialogue,
        city=CityRequests(city_client),
        clock=clock,
        on_gone=newsroom.gone,
    )
    answering = Answering(dialogue=dialogue, city=city, texts=texts, metrics=metrics, max_text=settings.max_text)

    # A channel that brings messages to its residents by itself puts its outlet here.
    outlets: dict[str, Outlet] = {}
    delivering = Delivering(
        database=database,
        outlets=outlets,
        default=StreamOutlet(hub),
        metrics=metrics,
        clock=clock,
        on_settled=newsroom.delivered,
    )

    async def close() -> None:
        if state.proposing:
            await state.proposing.close()
        await delivering.close()
        await live.close()
        await limits.close()
        await rasa.close()
        await city_client.aclose()
        photos.close()
        await database.close()

    state = app.state
    state.close = close
    state.erasing = erasing
    state.limits, state.live = limits, live
    state.settings, state.metrics, state.database, state.dialogue = settings, metrics, database, dialogue
    state.city, state.city_client, state.hub = city, city_client, hub
    state.outlets, state.delivering = outlets, delivering
    state.privacy = privacy.PrivacyPage(settings.privacy, settings.retention)
    state.accessibility = accessibility.AccessibilityPage(settings.accessibility)
    state.photos, state.add_photo = photos, photos.add_photo
    state.sending = PhotoSending(database=database, city=CityPhotos(city_client))
    state.addresses = limits.make("addresses", settings.address_per_minute, settings.address_burst)
    state.uploads = limits.make("uploads", settings.photos_per_minute, settings.photos_burst)
    state.calendars = limits.make("calendars", settings.calendars_per_minute, settings.calendars_burst)
    state.opinions = limits.make("opinions", settings.opinions_per_minute, settings.opinions_burst)
    state.openings = limits.make("openings", settings.conversations_per_minute, settings.conversations_burst)
    state.chat = Chat(
        database=database,
        answering=answering,
        erasing=erasing,
        texts=texts,
        clock=clock,
        line=line,
        hub=hub,
        limit=limits.make("messages", settings.messages_per_minute, settings.messages_burst),
        stop_words=StopWords(settings.texts / "stop_words.yml"),
        on_told=delivering.kick,
        desk=open_asking(state, desk_clock, texts),
    )
    open_hand_over(state, desk_clock, texts)
    state.keeping = Keeping(
        database=database,
        erasing=erasing,
        texts=texts,
        clock=clock,
        line=line,
        hub=hub,
        retention=retention.read(settings.retention, KINDS),
    )
    state.streams = Streams(database=database, hub=hub, metrics=metrics, poll_s=settings.stream_poll_s)
    state.following = _following(state, clock, texts)
    state.inbox = Inbox(database, asked, Decisions(STUDIO.decisions), clock)
    state.figures = Figures(database, STUDIO.figures, counted, clock)
    rounds = _rounds(state, settings)
    state.scheduling = Scheduling(settings.database_url, rounds, Leading(database, "scheduler"), metrics)


def _rounds(state: State, settings: GatewaySettings) -> dict[str, Round]:
    """Return what is done again and again, by names that stay."""
    rounds = {
        f"look:{kind}": Round(partial(state.following.look, kind), settings.look_every_s)
        for kind in state.following.kinds
    }
    rounds["deliver"] = Round(state.delivering.deliver, settings.deliver_every_s)
    rounds["measure"] = Round(state.delivering.measure, settings.deliver_every_s)
    if state.sweeping:
        rounds["hand_over"] = Round(state.sweeping.sweep, settings.hand_over_look_s)
    rounds["figures"] = Round(state.figures.keep, settings.purge_every_s)
    rounds["purge"] = Round(partial(purge, state.keeping, state.erasing, state.metrics), settings.purge_every_s)
    return rounds


def _photo_limits(settings: GatewaySettings) -> PhotoLimits:
    return PhotoLimits(
        bytes_each=settings.photo_bytes,
        bytes_kept=settings.photos_kept_bytes,
        pixels=settings.photo_pixels,
        longest_side=settings.photo_side,
        kept=settings.photos_kept,
        at_once=settings.photos_at_once,
    )


def _following(state: State, clock: Clock, texts: Texts) -> Following:
    """Return what looks at everything that residents follow; a new kind is added here."""
    city = CityFollowed(state.city_client)
    kinds = (
        CollectionReminders(CityCollections(state.city_client), texts),
        LineDisturbances(city, texts),
        RequestChanges(city, texts),
        DossierChanges(city, texts),
        AppointmentReminders(city, texts),
    )
    return Following(database=state.database, chat=state.chat, kinds=kinds, metrics=state.metrics, clock=clock)
