"""Updates one source: in its turn, within its quota, alone, and with the outcome written down."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Event
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from kit.clock import Clock
from services.city.core import datasets, feed_states
from services.city.core.database import make_session_factory
from services.feeds.errors import FeedError, FeedLimitedError
from services.feeds.http import Fetcher, Validators
from services.importers import timing
from services.importers.base import ImportRefusedError, Progress, silent
from services.importers.settings import WatchSettings
from services.importers.updates import Job, Outcome, Watched

log = logging.getLogger(__name__)

#: What an update raises where a source or its data are at fault, or the settings are.
FAILURES: Final = (FeedError, ImportRefusedError, SQLAlchemyError, ValueError, OSError)

#: A fetch that drags on longer than this may be begun anew by another process.
_SHORTEST_LEASE: Final = timedelta(minutes=2)


class StoppedError(Exception):
    """The process is ending: what is under way is left as it was."""


class BusyError(Exception):
    """Somebody else is asking the source right now."""


class Updater:
    """Updates sources and keeps their states; threads may share it.

    ``jitter`` gives numbers from 0 to 1. Setting ``stopping`` ends what is under way at the next call or piece.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        sources: Mapping[str, Watched],
        settings: WatchSettings,
        *,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.sources = dict(sources)
        self.enabled = settings.names(list(sources))
        self.stopping = Event()
        self._engine = engine
        self._clock = clock
        self._settings = settings
        self._jitter = jitter
        self._sessions = make_session_factory(engine)
        self._declare()

    def next_at(self, name: str) -> datetime:
        """Return when a source is to be asked next; now where it never was."""
        now = self._clock.now()
        with self._sessions() as session:
            return max(now, feed_states.aware(feed_states.one(session, name).next_at) or now)

    def due(self) -> list[str]:
        """Return the enabled sources whose turn it is."""
        now = self._clock.now()
        return [name for name in self.enabled if self.next_at(name) <= now]

    def update(self, name: str, progress: Progress = silent, *, force: bool = False) -> Outcome:
        """Update a source now, and note how it went.

        ``force`` fetches all of it anew and takes what an importer would refuse for its size. Raises what went wrong,
        usually one of FAILURES, which is noted too; BusyError and StoppedError are no failures of the source.
        """
        watched = self.sources[name]
        now = self._clock.now()
        # A source of real time whose watcher was killed must not be left alone for an hour.
        span = min(timedelta(seconds=self._settings.lease_s), max(watched.source.every, _SHORTEST_LEASE))
        with self._sessions.begin() as session:
            if not feed_states.lease(session, name, now, now + span):
                raise BusyError(f"{watched.source.title} is being asked by another process")
        try:
            outcome = self._run(watched, progress, force=force)
        except (StoppedError, KeyboardInterrupt):
            with self._sessions.begin() as session:
                feed_states.put_off(session, name, self._clock.now())
            raise
        except Exception as error:
            self._failed(watched, error)
            raise
        self._succeeded(watched, outcome)
        return outcome

    def _run(self, watched: Watched, progress: Progress, *, force: bool) -> Outcome:
        folder = (self._settings.folder / watched.source.name).absolute()
        folder.mkdir(parents=True, exist_ok=True)

        def tell(line: str) -> None:
            self._stop_here()
            progress(line)

        with Fetcher(
            self._clock,
            before_call=lambda: self._count(watched),
            on_piece=self._stop_here,
            sleep=self._wait,
        ) as fetcher:
            job = Job(
                engine=self._engine,
                clock=self._clock,
                fetcher=fetcher,
                source=watched.source,
                folder=folder,
                since=None if force else self._since(watched),
                progress=tell,
                force=force,
            )
            return watched.update(job)

    def _since(self, watched: Watched) -> Validators | None:
        """Return what to ask for changes with; None where there is nothing that could be left as it is."""
        with self._sessions() as session:
            state = feed_states.one(session, watched.source.name)
            in_use = {dataset.feed for dataset in datasets.in_use(session)}
        gone = watched.feed is not None and watched.feed not in in_use
        return None if gone or not (state.etag or state.last_modified) else Validators(state.etag, state.last_modified)

    def _count(self, watched: Watched) -> None:
        self._stop_here()
        now = self._clock.now()
        with self._sessions.begin() as session:
            calls = feed_states.count_call(session, watched.source.name, now)
        most = watched.source.daily_calls
        if most is not None and calls > most:
            wait = (timing.next_day(now) - now).total_seconds()
            raise FeedLimitedError(f"the {most} calls of today are used up", wait)

    def _wait(self, seconds: float) -> None:
        self.stopping.wait(seconds)

    def _stop_here(self) -> None:
        if self.stopping.is_set():
            raise StoppedError

    def _succeeded(self, watched: Watched, outcome: Outcome) -> None:
        now = self._clock.now()
        with self._sessions.begin() as session:
            feed_states.succeeded(
                session,
                watched.source.name,
                now=now,
                next_at=timing.after_success(watched.source, now, self._jitter()),
                changed=outcome.changed,
                etag=outcome.validators.etag,
                last_modified=outcome.validators.last_modified,
            )

    def _failed(self, watched: Watched, error: Exception) -> None:
        log.info("%s: %s: %s", watched.source.name, type(error).__name__, error)
        now = self._clock.now()
        with self._sessions.begin() as session:
            failures = feed_states.one(session, watched.source.name).failures + 1
            next_at = timing.after_failure(watched.source, now, self._jitter(), failures, error)
            feed_states.failed(session, watched.source.name, next_at=next_at, error=str(error))

    def _declare(self) -> None:
        with self._sessions.begin() as session:
            feed_states.declare(
                session,
                (
                    feed_states.Watched(
                        source=name,
                        title=each.source.title,
                        feed=each.feed,
                        enabled=name in self.enabled,
                        refresh=timing.interval(each.source),
                        quota=each.source.daily_calls,
                    )
                    for name, each in self.sources.items()
                ),
            )
