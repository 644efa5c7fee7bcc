"""What the desk stands on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from kit.clock import Clock
from services.gateway.conversations.service import Chat as Conversations
from services.gateway.core.database import Database
from services.gateway.core.observability import Metrics
from services.gateway.handover.news import Newsroom
from services.gateway.handover.proposing import Proposing
from services.gateway.handover.settings import Times
from services.gateway.handover.suggesting import Suggesting
from services.gateway.handover.words import Words


@dataclass(frozen=True)
class Parts:
    """What the desk stands on."""

    database: Database
    conversations: Conversations
    #: Shows the resident of a conversation, on a channel, that an operator writes.
    typing: Callable[[str, str], Awaitable[None]]
    newsroom: Newsroom
    suggesting: Suggesting
    proposing: Proposing
    #: Topics whose conversations are in approval mode as soon as somebody has them.
    approved_topics: frozenset[str]
    words: Words
    metrics: Metrics
    clock: Clock
    times: Times
    #: The name of an account, or None.
    name_of: Callable[[Connection, str], str | None]
