"""The desk beside the chat: what it needs of the gateway, as its ports want it."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse

from kit.clock import Clock
from services.common import retention
from services.desk import port
from services.desk.app import DeskApp
from services.desk.desk import Gateway
from services.desk.keeping import KINDS
from services.desk.settings import DeskSettings
from services.desk.web.cookies import ROOT
from services.gateway.channels.desk_acts import record
from services.gateway.channels.desk_helper import RasaHelper
from services.gateway.channels.desk_knowledge import HttpKnowledge
from services.gateway.channels.desk_tables import TABLES
from services.gateway.channels.desk_today import HttpToday
from services.gateway.conversations.caller import address_of
from services.gateway.core.errors import ChatError
from services.gateway.core.limits import Limit

#: Where the desk is mounted.
PATH: Final = ROOT


class Tries:
    """A limit of the gateway's, with the desk's own word for one too many."""

    def __init__(self, limit: Limit) -> None:
        self._limit = limit

    async def take(self, key: str) -> None:
        """Count one. Raises port.TooManyError."""
        try:
            await self._limit.take(key)
        except ChatError as error:
            raise port.TooManyError(error.retry_after_s or 1) from error


def open_desk(state: Any, settings: DeskSettings, clock: Clock) -> None:
    """Put the desk beside the chat that an application's ``state`` holds; ``clock`` is that of codes and sessions."""
    tries = state.limits.make("desk", settings.tries_per_minute, settings.tries_burst)
    codes = state.limits.make("desk_codes", settings.codes_per_minute, settings.codes_burst)
    gateway = Gateway(
        storage=state.database,
        tables=TABLES,
        clock=clock,
        record=record,
        tries=Tries(tries),
        codes=Tries(codes),
        handover=lambda: getattr(state, "handover", None),
        helper=RasaHelper(state.dialogue),
        knowledge=HttpKnowledge(state.city_client),
        today=HttpToday(state.city_client),
        responses=state.settings.responses,
        address_of=address_of,
    )
    state.desk = DeskApp(settings, gateway, retention.read(state.settings.retention, KINDS))


async def to_desk(_request: Request) -> RedirectResponse:
    """Send who asks for the mount's bare path to the desk's first page."""
    return RedirectResponse(f"{PATH}/")
