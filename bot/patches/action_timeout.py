"""Waits for an action for seconds, not for five minutes.

Rasa's one timeout for all its HTTP calls is 300 s, and a conversation's lock lives for 60 s. A resident waits for
neither: an action asks the façade with its own, shorter timeouts, so an action that takes this long is stuck.
"""

from __future__ import annotations

from typing import Final

from rasa.utils import endpoints

ACTION_TIMEOUT_S: Final = 12


def apply() -> None:
    """Set the timeout of ``EndpointConfig``'s HTTP session."""
    endpoints.DEFAULT_REQUEST_TIMEOUT = ACTION_TIMEOUT_S
