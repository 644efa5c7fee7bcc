"""Makes the first journey as quick as the next: the network is read and the search compiled while nobody waits."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from sqlalchemy.orm import Session

from kit.clock import Clock
from services.city.transport.journeys import snapshots

log = logging.getLogger(__name__)


def start(sessions: Callable[[], Session], clock: Clock) -> threading.Thread:
    """Start to warm in a thread of its own; a failure is logged, and the first question tries again."""
    thread = threading.Thread(target=_warm, args=(sessions, clock), name="warm-journeys", daemon=True)
    thread.start()
    return thread


def _warm(sessions: Callable[[], Session], clock: Clock) -> None:
    try:
        with sessions() as session:
            snapshot = snapshots.current(session)
        if snapshot.network.feeds:
            snapshot.around(clock.now().astimezone(snapshot.network.zone).date()).try_out()
    except Exception:
        log.exception("the network for journeys could not be made ready")
