"""What is wanted with what is told unasked: one more, to hear which there are, to stop some, or quiet hours."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from actions.cues import labels_in, last_label_in
from actions.turn import Turn
from kit import following
from kit.tasks import Followed, KeptSubscription
from kit.wire import REMINDER_ENTITY, REMINDER_INTENT

Wish = Literal["set", "list", "stop", "follow", "quiet"]

_CUES: Final = Path(__file__).with_name("cues.yml")
_KINDS: Final = Path(__file__).with_name("kinds.yml")


def wish(turn: Turn) -> Wish:
    """Return what a message about reminders wants; an answer that is called for again wants the list."""
    chosen = turn.entity(REMINDER_ENTITY)
    if chosen:
        return _chosen(chosen)
    if turn.intent not in {REMINDER_INTENT, "affirm"}:
        return "list"
    cues = labels_in(turn.text, _CUES)
    if "quiet" in cues:
        return "quiet"
    if says_stop(turn):
        return "stop"
    if "list" in cues and "change" not in cues:
        return "list"
    return "follow" if kind_meant(turn) not in {None, "collections"} else "set"


def says_stop(turn: Turn) -> bool:
    """Tell whether a message wants to hear of something no more."""
    cues = labels_in(turn.text, _CUES)
    narrows = "only" in cues and last_label_in(turn.text, _CUES, {"only", "stop"}) == "stop"
    return "stop" in cues and not narrows and "forget" not in cues


def says_unfollow(turn: Turn) -> bool:
    """Tell the same of words that mean nothing else; "arrêt" may be where a tram stops."""
    return "unfollow" in labels_in(turn.text, _CUES)


def says_follow(turn: Turn) -> bool:
    """Tell whether a message wants to hear of something from now on."""
    cues = labels_in(turn.text, _CUES)
    return "follow" in cues and "unfollow" not in cues


def says_until(turn: Turn) -> bool:
    """Tell whether the day that a message names is the last one on which to hear of something."""
    return "until" in labels_in(turn.text, _CUES)


def kind_meant(turn: Turn) -> Followed | None:
    """Return what kind of thing a message is about, by its words and its facts; None where it says nothing of it."""
    kinds = labels_in(turn.text, _KINDS)
    if "collections" in kinds or turn.entity("fraction") or place_named(turn):
        return "collections"
    if "appointment" in kinds:
        return "appointment"
    if "request" in kinds:
        return "request"
    if "dossier" in kinds or turn.entity("reference"):
        return "dossier"
    return "line" if "line" in kinds else None


def place_named(turn: Turn) -> str | None:
    """Return the place that a message names; a word for what is wanted ("alertes") may look like a street's."""
    place = turn.entity("address")
    return None if place is None or labels_in(place, _CUES) or labels_in(place, _KINDS) else place


def wants_one(turn: Turn) -> bool:
    """Tell whether a message opens the questions for a reminder of collections."""
    return wish(turn) == "set"


def replaced_first(turn: Turn) -> bool:
    """Tell whether the time that is wanted is written before the one that it replaces."""
    return "instead" in labels_in(turn.text, _CUES)


def followed(turn: Turn, kind: Followed | None = None) -> list[KeptSubscription]:
    """Return what the resident is told of unasked, all of it or one kind."""
    return [each for each in turn.kept.get("subscriptions", []) if kind in (None, each["kind"])]


def _chosen(value: str) -> Wish:
    if value == following.LIST:
        return "list"
    if value == following.QUIET_HOURS or following.quiet_hours(value):
        return "quiet"
    return "follow" if following.followed(value) else "stop"
