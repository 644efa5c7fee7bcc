"""Makes the first question as quick as the next: what is read or compiled once is made ready while nobody waits."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping

log = logging.getLogger(__name__)


def start(works: Mapping[str, Callable[[], object]]) -> threading.Thread:
    """Do these works, by what they make ready, one after the other in a thread of its own.

    A failure is logged, and the first question tries again.
    """
    thread = threading.Thread(target=_warm, args=(works,), name="warming", daemon=True)
    thread.start()
    return thread


def _warm(works: Mapping[str, Callable[[], object]]) -> None:
    for what, work in works.items():
        try:
            work()
        except Exception:
            log.exception("%s could not be made ready", what)
