"""Mends of Rasa 3.6.21, one module each with the upstream issue and a test that fails once it is not needed."""

from __future__ import annotations


def apply() -> None:
    """Apply every mend. Call it before anything imports ``rasa``: the order of imports is one of the mends."""
    from bot.patches import import_order, without_tensorflow

    import_order.apply()
    without_tensorflow.apply()
    from bot.patches import (
        action_call,
        action_session,
        action_timeout,
        action_validation,
        event_types,
        graph_run,
        lock_wait,
    )

    for patch in (
        action_call,
        action_session,
        action_validation,
        action_timeout,
        event_types,
        graph_run,
        lock_wait,
    ):
        patch.apply()
