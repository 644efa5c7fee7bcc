"""Dialogue state in memory, for as long as a session lasts and no longer.

What was said is the gateway's to keep and to erase. Rasa only needs the current session: where the dialogue stands.
An entry goes when nobody wrote for a while, when there are too many, or when a new session replaces an old one.
"""

from __future__ import annotations

import json
from typing import Any, Final

from cachetools import TTLCache
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker, get_trackers_for_conversation_sessions

from bot.stores.contacts import MAYBE_CONTACT, without_contacts

DEFAULT_SESSIONS: Final = 20_000
DEFAULT_MINUTES: Final = 60


class SessionTrackerStore(InMemoryTrackerStore):
    """Keeps the current session of each conversation.

    Settings in endpoints.yml: ``max_sessions`` and ``minutes`` after the last message.
    """

    def __init__(
        self,
        domain: Domain,
        event_broker: EventBroker | None = None,
        max_sessions: int = DEFAULT_SESSIONS,
        minutes: float = DEFAULT_MINUTES,
        **kwargs: Any,
    ) -> None:
        kwargs.pop("host", None)  # Rasa gives every store the endpoint's url, which this one has not
        super().__init__(domain, event_broker, **kwargs)
        self.store = TTLCache(maxsize=max_sessions, ttl=minutes * 60)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the tracker's last session, without the contacts of requests that are over."""
        sessions = get_trackers_for_conversation_sessions(tracker)
        await super().save(sessions[-1] if len(sessions) > 1 else tracker)
        if MAYBE_CONTACT in self.store[tracker.sender_id]:
            kept = json.loads(self.store[tracker.sender_id])
            self.store[tracker.sender_id] = json.dumps({**kept, "events": without_contacts(kept["events"])})
