"""Checks an action's response in one look (RasaHQ/rasa#11717).

Rasa calls ``jsonschema.validate``, which checks the schema itself against its meta-schema on every action response, and
then each event against the schemas of all kinds of events. Its own reading of the events refuses the rest.
"""

from __future__ import annotations

from typing import Any

from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction


def apply() -> None:
    """Replace ``RemoteAction._validate_action_result``."""
    RemoteAction._validate_action_result = _validate_action_result  # type: ignore[method-assign]


def _validate_action_result(self: RemoteAction, result: Any) -> bool:
    """Raise jsonschema.ValidationError where an action server's answer is not one."""
    if not isinstance(result, dict):
        raise ValidationError(f"the answer of {self.name()} is not an object")
    for key in ("events", "responses"):
        items = result.get(key, [])
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            raise ValidationError(f"{key} of {self.name()} is not a list of objects")
    if not all(isinstance(event.get("event"), str) for event in result.get("events", [])):
        raise ValidationError(f"an event of {self.name()} has no kind")
    return True
