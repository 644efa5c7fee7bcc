"""Finds an event's class in a table (RasaHQ/rasa#11828).

Rasa walks all subclasses of ``Event`` for each event that it reads; a tracker has hundreds.
"""

from __future__ import annotations

import functools

from rasa.shared.core.events import Event

_original = Event.resolve_by_type


def apply() -> None:
    """Remember what ``Event.resolve_by_type`` found for a name."""
    Event.resolve_by_type = staticmethod(_resolve)  # type: ignore[method-assign]


def _resolve(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    """Return an event's class; raises ValueError as Rasa does, and never remembers a failure."""
    found = _known(type_name)
    return found if found is not None else _original(type_name, default)


@functools.cache
def _known(type_name: str) -> type[Event] | None:
    try:
        return _original(type_name)
    except ValueError:
        return None
