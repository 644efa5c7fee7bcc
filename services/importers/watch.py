"""Keeps sources up to date: each in its turn, none twice at once, until it is told to stop."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import SQLAlchemyError

from kit.clock import Clock
from services.importers.updates import Outcome
from services.importers.updating import FAILURES, BusyError, StoppedError, Updater

log = logging.getLogger(__name__)

#: When to look again at a source that another process has, or that the database said nothing of.
_LOOK_AGAIN_S: Final = 30.0

#: Told of each update that ended: the source's name, and the outcome or what went wrong.
Ended = Callable[[str, Outcome | Exception], None]


class Schedule(Protocol):
    """Calls back later."""

    def later(self, name: str, wait_s: float, call: Callable[[], None]) -> None:
        """Call once, so many seconds from now, in any thread; a newer call of the same name replaces it."""
        ...


class ThreadedSchedule:
    """A schedule on APScheduler's threads, by the machine's clock."""

    def __init__(self, threads: int) -> None:
        self._scheduler = BackgroundScheduler(executors={"default": ThreadPoolExecutor(threads)}, timezone=UTC)
        self._scheduler.start()

    def later(self, name: str, wait_s: float, call: Callable[[], None]) -> None:
        """Call once; see Schedule."""
        at = datetime.now(UTC) + timedelta(seconds=wait_s)
        # A call that comes late, on a busy machine or after a laptop's sleep, still has to be made.
        self._scheduler.add_job(
            call, "date", run_date=at, id=name, name=name, replace_existing=True, misfire_grace_time=None
        )

    def close(self) -> None:
        """Call nobody any more and wait for the calls under way."""
        # In this order: a shutdown in the middle of APScheduler's own turn makes its thread fail. A pause lets it end.
        self._scheduler.pause()
        self._scheduler.remove_all_jobs()
        self._scheduler.shutdown(wait=True)


class Watch:
    """Updates the enabled sources over and over: the next turn of a source is set when its last one has ended."""

    def __init__(self, updater: Updater, clock: Clock, schedule: Schedule, ended: Ended) -> None:
        self._updater = updater
        self._clock = clock
        self._schedule = schedule
        self._ended = ended

    def start(self) -> None:
        """Set each source's next turn."""
        for name in self._updater.enabled:
            self._set(name)

    def turn(self, name: str) -> None:
        """Update a source and set its next turn; whatever goes wrong, there is one."""
        at_least_s = 0.0
        try:
            self._ended(name, self._updater.update(name))
        except StoppedError:
            return
        except BusyError as error:
            self._ended(name, error)
            at_least_s = _LOOK_AGAIN_S
        except FAILURES as error:
            self._ended(name, error)
        except Exception as error:
            log.exception("%s: an update failed in a way that was not foreseen", name)
            self._ended(name, error)
        if not self._updater.stopping.is_set():
            self._set(name, at_least_s)

    def _set(self, name: str, at_least_s: float = 0.0) -> None:
        try:
            wait_s = (self._updater.next_at(name) - self._clock.now()).total_seconds()
        except SQLAlchemyError:
            log.exception("%s: the city database does not say when its turn is", name)
            wait_s = _LOOK_AGAIN_S
        self._schedule.later(name, max(wait_s, at_least_s), lambda: self.turn(name))
