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
from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.stores.compacting import compacted, last_session
from bot.stores.contacts import MAYBE_CONTACT, without_contacts

DEFAULT_SESSIONS: Final = 20_000
DEFAULT_MINUTES: Final = 60


class SessionTrackerStore(InMemoryTrackerStore):
    """Keeps of the current session of each conversation what its next turn reads.

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
        """Keep the tracker's last session, without the contacts of requests that are over; drop an empty one."""
        if not tracker.events:
            self.store.pop(tracker.sender_id, None)
            return
        await self.stream_events(tracker)
        initial = {name: slot.initial_value for name, slot in tracker.slots.items()}
        events = compacted(last_session(list(tracker.events)), initial)
        written = json.dumps(Dialogue(tracker.sender_id, events).as_dict())
        if MAYBE_CONTACT in written:
            kept = json.loads(written)
            written = json.dumps({**kept, "events": without_contacts(kept["events"])})
        self.store[tracker.sender_id] = written

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the tracker of the current session, which is all that there is of it."""
        return await self.retrieve_full_tracker(sender_id)
