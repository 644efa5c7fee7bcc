"""What was understood of a resident's message, told to the gateway beside the answer: no words, no values."""

from __future__ import annotations

from typing import Any, Final

from rasa.shared.core.trackers import DialogueStateTracker

from kit import wire

_PLACES: Final = 4
#: What names nothing that a resident could have asked.
_NO_CAPABILITY: Final = frozenset({wire.FALLBACK_INTENT, "out_of_scope"})


def reading(tracker: DialogueStateTracker, reply_id: str) -> dict[str, Any] | None:
    """Return what was understood of the message that a reply answers, with the reply's id; None where there is none."""
    said = tracker.latest_message
    if said is None or not said.intent.get("name"):
        return None
    ranking = [each for each in said.parse_data.get("intent_ranking") or [] if each["name"] not in _NO_CAPABILITY]
    first, second, *_ = [*ranking, None, None]
    commune = str(tracker.get_slot("commune") or "")
    return {
        "message": said.message_id,
        "intent": said.intent["name"],
        "guess": first["name"] if first else None,
        "second": second["name"] if second else None,
        "confidence": round(first["confidence"], _PLACES) if first else None,
        "typed": not (said.text or "").startswith("/"),
        "facts": sorted({each["entity"] for each in said.entities if each["entity"] != wire.LANGUAGE_ENTITY}),
        "commune": commune.removeprefix("commune:") if commune.startswith("commune:") else None,
        "replies": [reply_id],
    }


class Readings:
    """The readings of one turn: one for each question of a message, with the ids of all that was replied to it."""

    def __init__(self) -> None:
        self._found: dict[str, dict[str, Any]] = {}

    def add(self, found: dict[str, Any]) -> None:
        """Take the reading that came with a reply."""
        known = self._found.setdefault(found["message"], found)
        if known is not found:
            known["replies"] += found["replies"]

    def told(self) -> list[dict[str, Any]]:
        """Return them in order, as the gateway is told."""
        return [{name: value for name, value in each.items() if name != "message"} for each in self._found.values()]
