"""The hand-over beside the chat, where it is wanted: put together from what an application's ``state`` holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select

from kit.clock import Clock
from services.gateway.channels.desk_tables import TABLES
from services.gateway.core.texts import Texts
from services.gateway.handover.asking import Asking
from services.gateway.handover.desk import AtDesk
from services.gateway.handover.news import Newsroom
from services.gateway.handover.parts import Parts
from services.gateway.handover.proposing import Proposing
from services.gateway.handover.settings import Times
from services.gateway.handover.suggesting import Suggesting
from services.gateway.handover.sweeping import Sweeping
from services.gateway.handover.topics import Topics
from services.gateway.handover.words import Words
from services.gateway.settings import GatewaySettings


def times(settings: GatewaySettings) -> Times:
    """Return how long things hold."""
    return Times(
        grace=timedelta(seconds=settings.hand_over_grace_s), code=timedelta(minutes=settings.hand_over_code_minutes)
    )


def open_asking(state: Any, clock: Clock, texts: Texts) -> Asking | None:
    """Return the residents' side; None where conversations are not handed over."""
    settings: GatewaySettings = state.settings
    state.proposing = None
    if settings.hand_over == "off":
        return None
    newsroom = Newsroom(state.live, state.database)
    state.suggesting = Suggesting(state.database, state.dialogue)
    state.proposing = Proposing(state.database, state.suggesting, newsroom)
    return Asking(
        database=state.database,
        dialogue=state.dialogue,
        said=Words(texts),
        topics=Topics(settings.texts / "hand_over.yml"),
        newsroom=newsroom,
        proposing=state.proposing,
        metrics=state.metrics,
        clock=clock,
        times=times(settings),
    )


def open_hand_over(state: Any, clock: Clock, texts: Texts) -> None:
    """Put the operators' side where the desk finds it, and what happens by itself beside it."""
    state.handover = state.sweeping = None
    settings: GatewaySettings = state.settings
    if settings.hand_over == "off":
        return
    newsroom, words, held = Newsroom(state.live, state.database), Words(texts), times(settings)
    state.handover = AtDesk(
        Parts(
            database=state.database,
            conversations=state.chat,
            typing=state.delivering.typing,
            newsroom=newsroom,
            suggesting=state.suggesting,
            proposing=state.proposing,
            approved_topics=frozenset(settings.hand_over_approval),
            words=words,
            metrics=state.metrics,
            clock=clock,
            times=held,
            name_of=_name_of,
        )
    )
    state.sweeping = Sweeping(
        database=state.database,
        conversations=state.chat,
        newsroom=newsroom,
        words=words,
        proposing=state.proposing,
        metrics=state.metrics,
        clock=clock,
        times=held,
    )


def _name_of(connection: Connection, operator_id: str) -> str | None:
    accounts = TABLES.accounts
    return connection.execute(select(accounts.c.name).where(accounts.c.id == operator_id)).scalar()
