"""What is kept of a session between two messages: as much as the next turn reads, however long the session.

Rasa keeps every event, replays them for each message and sends them all with each action (RasaHQ/rasa#6334, #11828), so
that a turn takes longer the longer people talk. The slots' values, the open form and the last messages are enough.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    Event,
    LoopInterrupted,
    SessionStarted,
    SlotSet,
    UserUttered,
)

#: Messages that actions look back to, besides the one that they answer: ``actions/turn.py``.
MESSAGES: Final = 2
#: What of an earlier message's understanding is read; its ranking is the latest message's alone.
_UNDERSTOOD: Final = ("text", "intent", "entities", "metadata")


def last_session(events: Sequence[Event]) -> Sequence[Event]:
    """Return the events since the last session began."""
    for position in range(len(events) - 1, 0, -1):
        event = events[position]
        if isinstance(event, ActionExecuted) and event.action_name == ACTION_SESSION_START_NAME:
            return events[position:]
    return events


def compacted(events: Sequence[Event], initial: Mapping[str, Any]) -> list[Event]:
    """Return the events of a session of which the next turn reads something.

    ``initial`` is each slot's value at the beginning. What the assistant said is not among them: it is the gateway's.
    """
    cut = _cut(events)
    kept = [*_beginning(events[:cut], initial), *events[cut:]]
    return [_short(event) for event in kept if not isinstance(event, BotUttered)]


def _cut(events: Sequence[Event]) -> int:
    """Return where the last messages begin, with the listening before them."""
    messages = [position for position, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(messages) <= MESSAGES:
        return 0
    cut = messages[-MESSAGES]
    before = events[cut - 1] if cut else None
    return cut - 1 if isinstance(before, ActionExecuted) and before.action_name == ACTION_LISTEN_NAME else cut


def _beginning(events: Sequence[Event], initial: Mapping[str, Any]) -> Iterator[Event]:
    """Yield the events that lead to the same state: the session's start, the slots, the form."""
    slots: dict[str, SlotSet] = {}
    loop: list[Event] = []
    for position, event in enumerate(events):
        if isinstance(event, SessionStarted) or (position == 0 and isinstance(event, ActionExecuted)):
            yield event
        elif isinstance(event, SlotSet):
            slots[event.key] = event
        elif isinstance(event, ActiveLoop):
            loop = [event] if event.name else []
        elif isinstance(event, ActionExecutionRejected | LoopInterrupted) and loop:
            loop = [loop[0], event]
    yield from (event for event in slots.values() if event.value != initial.get(event.key))
    yield from loop


def _short(event: Event) -> Event:
    if not isinstance(event, UserUttered):
        return event
    short = copy.copy(event)
    short.parse_data = {key: event.parse_data[key] for key in _UNDERSTOOD if key in event.parse_data}
    return short
