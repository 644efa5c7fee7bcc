"""What was said before the latest message."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from actions.capabilities import CALLED_FOR, CAPABILITIES
from actions.turn import Turn

#: After these, what was said earlier is over.
_ENDINGS: Final = frozenset({"action_stop", "utter_goodbye"})


def previous_actions(turn: Turn) -> Iterator[str]:
    """Yield the actions before the latest message, newest first."""
    before = False
    for event in reversed(turn.tracker.events):
        if event.get("event") == "user":
            before = True
        elif before and event.get("event") == "action":
            yield str(event.get("name") or "")


def last_said(turn: Turn) -> str | None:
    """Return what would say the last answer again: a form whose answer it was, or an action; None where none would."""
    forms = {capability.answer: capability.form for capability in CAPABILITIES.values()}
    for name in previous_actions(turn):
        if name in _ENDINGS:
            return None
        if name in forms:
            return forms[name]
        if name in CALLED_FOR:
            return name
    return None


def left_form(turn: Turn) -> str | None:
    """Return the form whose question is still open below the one that has just closed, or None."""
    opened: list[str] = []
    for event in turn.tracker.events:
        kind, name = event.get("event"), event.get("name")
        if kind == "action" and name == "action_deactivate_loop":
            opened.clear()
        elif kind == "active_loop" and name and name not in opened[-1:]:
            opened.append(str(name))
        elif kind == "active_loop" and not name and opened:
            opened.pop()
    return opened[-1] if opened else None
