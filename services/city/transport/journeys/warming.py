"""Makes the first journey as quick as the next: the network is read and the search compiled."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from kit.clock import Clock
from services.city.transport.journeys import snapshots


def warm(sessions: Callable[[], Session], clock: Clock) -> None:
    """Make today's journeys ready."""
    with sessions() as session:
        snapshot = snapshots.current(session)
    if snapshot.network.feeds:
        snapshot.around(clock.now().astimezone(snapshot.network.zone).date()).try_out()
