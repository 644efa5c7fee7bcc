"""Conversations beside another one: they know its facts, and nothing of them is left.

An operator is shown what the assistant would answer to a resident's message. What is open in the resident's own
conversation - a form, a draft, a question - stays out of it, so that no word can complete a request there.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import Final

from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from kit import wire

_OPEN: Final = frozenset({"draft", "pending", "requested_slot"})


def named_in(message: UserMessage) -> list[str]:
    """Return the conversations that a message is about: its own, and the one beside which it is held."""
    other = (message.metadata or {}).get(wire.META_ASIDE_OF)
    return [message.sender_id, other] if isinstance(other, str) else [message.sender_id]


@contextlib.asynccontextmanager
async def beside(message: UserMessage, store: TrackerStore | None) -> AsyncIterator[None]:
    """Hold the message's conversation beside the one that its metadata names, if any, for the time of the block."""
    other = (message.metadata or {}).get(wire.META_ASIDE_OF)
    if not isinstance(other, str) or store is None:
        yield
        return
    tracker = await store.retrieve(other)
    own = await store.get_or_create_tracker(message.sender_id)
    for name, value in (tracker.current_slot_values() if tracker else {}).items():
        if value is not None and name not in _OPEN:
            own.update(SlotSet(name, value))
    await store.save(own)
    try:
        yield
    finally:
        await store.save(DialogueStateTracker(message.sender_id, None))  # an empty one is dropped
