"""What of a session another model can go on with: its slots and forms, where that model has them too."""

from __future__ import annotations

from typing import Any, Final

from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.domain import Domain

#: Events that belong to the form that is open.
_OF_A_FORM: Final = frozenset({"active_loop", "loop_interrupted", "action_execution_rejected"})


def fitting(events: list[dict[str, Any]], domain: Domain) -> list[dict[str, Any]]:
    """Return a session's events, as dictionaries, without slots and forms that a domain does not have."""
    slots = {slot.name for slot in domain.slots}
    open_form = next((event["name"] for event in reversed(events) if event.get("event") == "active_loop"), None)
    lost = open_form is not None and open_form not in domain.form_names
    return [
        event
        for event in events
        if not (event.get("event") == "slot" and event.get("name") not in slots)
        and not (lost and (event.get("event") in _OF_A_FORM or _asks(event)))
    ]


def _asks(event: dict[str, Any]) -> bool:
    return event.get("event") == "slot" and event.get("name") == REQUESTED_SLOT
