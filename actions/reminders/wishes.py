"""What is wanted with reminders: one more, to hear which there are, or to stop some."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from actions.cues import labels_in, last_label_in
from actions.turn import Turn
from kit.tasks import KeptReminder
from kit.wire import REMINDER_ENTITY, REMINDER_INTENT

Wish = Literal["set", "list", "stop"]

#: Stands for every reminder in a choice.
ALL: Final = "all"
_CUES: Final = Path(__file__).with_name("cues.yml")


def wish(turn: Turn) -> Wish:
    """Return what a message about reminders wants; an answer that is called for again wants the list."""
    if turn.entity(REMINDER_ENTITY):
        return "stop"
    if turn.intent not in {REMINDER_INTENT, "affirm"}:
        return "list"
    cues = labels_in(turn.text, _CUES)
    narrows = "only" in cues and last_label_in(turn.text, _CUES, {"only", "stop"}) == "stop"
    if "stop" in cues and not narrows and "forget" not in cues:
        return "stop"
    return "list" if "list" in cues and "change" not in cues else "set"


def wants_one(turn: Turn) -> bool:
    """Tell whether a message opens the questions for a reminder."""
    return wish(turn) == "set"


def replaced_first(turn: Turn) -> bool:
    """Tell whether the time that is wanted is written before the one that it replaces."""
    return "instead" in labels_in(turn.text, _CUES)


def reminders(turn: Turn) -> list[KeptReminder]:
    """Return the reminders that are set."""
    return turn.kept.get("reminders", [])
