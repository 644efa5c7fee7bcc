"""Sends an action what it reads.

Rasa adds the domain for every form's validation, selective domain or not, and repeats the whole message that opened a
form (RasaHQ/rasa#11828 has the sizes). No action of this assistant reads either: see ``actions/turn.py``.
"""

from __future__ import annotations

from typing import Any

import rasa
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

_original = RemoteAction._action_call_format


def apply() -> None:
    """Replace ``RemoteAction._action_call_format``."""
    RemoteAction._action_call_format = _action_call_format  # type: ignore[method-assign]


def _action_call_format(self: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    """Return the body of the call: of ``DialogueStateTracker.current_state`` what rasa-sdk's tracker holds."""
    del domain
    state = {
        "sender_id": tracker.sender_id,
        "slots": tracker.current_slot_values(),
        "latest_message": tracker._latest_message_data(),
        "followup_action": tracker.followup_action,
        "paused": tracker.is_paused(),
        "events": [event.as_dict() for event in tracker.events],
        "active_loop": {"name": tracker.active_loop_name} if tracker.active_loop_name else {},
        "latest_action_name": tracker.latest_action_name,
    }
    return {"next_action": self.name(), "sender_id": tracker.sender_id, "tracker": state, "version": rasa.__version__}
