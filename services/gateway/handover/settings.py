"""The hand-over's times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Times:
    """How long things hold."""

    #: Who says nothing for so long is not at the desk any more.
    grace: timedelta
    #: How long a code opens a conversation.
    code: timedelta
