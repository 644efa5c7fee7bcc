"""Checks an action's response with one prepared validator (RasaHQ/rasa#11717).

Rasa calls ``jsonschema.validate``, which checks the schema itself against its meta-schema on every action response.
"""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator
from rasa.core.actions.action import RemoteAction

_VALIDATOR = Draft202012Validator(RemoteAction.action_response_format_spec())


def apply() -> None:
    """Replace ``RemoteAction._validate_action_result``."""
    RemoteAction._validate_action_result = _validate_action_result  # type: ignore[method-assign]


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """Raise jsonschema.ValidationError where an action server's answer is not one."""
    del self
    _VALIDATOR.validate(result)
    return True
