"""Dialogue state in memory, for as long as a session lasts and no longer.

What was said is the gateway's to keep and to erase. Rasa only needs the current session: where the dialogue stands.
An entry goes when nobody wrote for a while, when there are too many, or when a new session replaces an old one. Another
server can take entries over (``bot/moving``); they end when they would have ended here.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any, Final

from cachetools import TLRUCache
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.stores.compacting import compacted, last_session
from bot.stores.contacts import MAYBE_CONTACT, without_contacts
from bot.stores.fitting import fitting

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
        self._lasts_s = minutes * 60
        self._idle_s = 0.0
        self.store = TLRUCache(maxsize=max_sessions, ttu=self.ends_at)

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

    def ends_at(self, _sender_id: str, _written: str, now: float) -> float:
        """Return when an entry ends that is kept now."""
        return now + self._lasts_s - self._idle_s

    def names(self) -> list[str]:
        """Return the conversations of which there is a session."""
        return list(self.store)

    def kept(self, sender_id: str) -> dict[str, Any] | None:
        """Return a session, with the seconds since its last event, for another server to keep."""
        written = self.store.get(sender_id)
        if written is None:
            return None
        last = max((event.get("timestamp") or 0.0 for event in json.loads(written)["events"]), default=0.0)
        return {"written": written, "idle_s": max(0.0, time.time() - last)}

    def adopt(self, sender_id: str, kept: Mapping[str, Any]) -> None:
        """Keep a session that another server kept, without what this model's domain does not know."""
        content = json.loads(kept["written"])
        events = fitting(content["events"], self.domain)
        # The cache asks for the end of an entry while it takes it in.
        self._idle_s = float(kept["idle_s"])
        try:
            self.store[sender_id] = json.dumps({**content, "events": events})
        finally:
            self._idle_s = 0.0


def sessions_of(store: TrackerStore) -> TrackerStore:
    """Return the store that keeps the sessions; Rasa's agent has it inside of two others."""
    inner: TrackerStore | None = getattr(store, "_tracker_store", None)
    return store if inner is None else sessions_of(inner)
