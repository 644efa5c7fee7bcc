"""The one scheduler: APScheduler on a store in the conversations' database, in the process that holds the lease.

The store keeps when each job runs next, so that a restart neither skips a round nor starts all of them anew; rounds
that were missed are one. What a job does is decided by what the tables say is due, by the injected clock: running one
more often or twice at once says nothing twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from apscheduler.events import EVENT_JOB_EXECUTED, JobExecutionEvent
from apscheduler.executors.base import BaseExecutor
from apscheduler.job import Job
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy.exc import SQLAlchemyError

from kit.clock import BRUSSELS
from services.gateway.conversations.models import SCHEDULED_JOBS
from services.gateway.core.database import sync_engine
from services.gateway.core.observability import Metrics
from services.gateway.notifications.leading import LEASE_S, Leading

log = logging.getLogger(__name__)

#: How often the lease is renewed.
_RENEWED_S: Final = LEASE_S / 3


@dataclass(frozen=True)
class Round:
    """Something that is done again and again."""

    run: Callable[[], Awaitable[object]]
    every_s: float


class Scheduling:
    """Runs rounds by their names while this process leads."""

    def __init__(self, database_url: str, rounds: Mapping[str, Round], leading: Leading, metrics: Metrics) -> None:
        self._database_url = database_url
        self._rounds = dict(rounds)
        self._leading = leading
        self._metrics = metrics
        self._scheduler: BackgroundScheduler | None = None
        self._executor: _OnLoop | None = None

    async def run(self) -> None:
        """Schedule until cancelled, in turn with other processes; a database that fails once is asked again."""
        try:
            while True:
                try:
                    await self.lead()
                except SQLAlchemyError as error:
                    log.error("the scheduler's lease could not be renewed: %s", type(error).__name__)
                    await self._stop()
                await asyncio.sleep(_RENEWED_S)
        finally:
            await self.close()

    async def lead(self) -> bool:
        """Start scheduling where this process holds the lease, stop where it does not; tell which."""
        leads = await self._leading.hold()
        if leads and self._scheduler is None:
            self._scheduler = await asyncio.to_thread(self._started, asyncio.get_running_loop())
            log.info("this process schedules what is said unasked and what is deleted")
        elif not leads:
            await self._stop()
        self._metrics.scheduling.set(leads)
        return leads

    async def close(self) -> None:
        """Stop scheduling and let another process begin."""
        if self._scheduler is not None:
            await self._stop()
            await self._leading.release()

    async def _stop(self) -> None:
        scheduler, self._scheduler = self._scheduler, None
        self._metrics.scheduling.set(0)
        if scheduler is not None and self._executor is not None:
            await asyncio.to_thread(scheduler.shutdown)
            await self._executor.done()

    def _started(self, loop: asyncio.AbstractEventLoop) -> BackgroundScheduler:
        store = SQLAlchemyJobStore(engine=sync_engine(self._database_url), tablename=SCHEDULED_JOBS.name)
        self._executor = _OnLoop(loop, {name: each.run for name, each in self._rounds.items()})
        scheduler = BackgroundScheduler(
            jobstores={"default": store},
            executors={"default": self._executor},
            # However many runs were missed, one makes up for them, at once.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=BRUSSELS,
        )
        scheduler.add_listener(self._ran, EVENT_JOB_EXECUTED)
        scheduler.start(paused=True)
        for job in scheduler.get_jobs():
            if job.id not in self._rounds:
                job.remove()
        for name, each in self._rounds.items():
            self._add(scheduler, name, IntervalTrigger(seconds=each.every_s, timezone=BRUSSELS))
        scheduler.resume()
        return scheduler

    def _add(self, scheduler: BackgroundScheduler, name: str, trigger: IntervalTrigger) -> None:
        """Add a job, or leave it with its next run where it is in the store with the same interval."""
        there = scheduler.get_job(name)
        if there is None or there.trigger.interval != trigger.interval:
            scheduler.add_job(
                run_by_executor, trigger, id=name, replace_existing=True, next_run_time=datetime.now(BRUSSELS)
            )

    def _ran(self, event: JobExecutionEvent) -> None:
        if event.retval is _FAILED:
            self._metrics.jobs_failed.labels(event.job_id).inc()


class _Failed:
    """What a round that raised returns to APScheduler, which would log its whole trace, with people's words in it."""


_FAILED: Final = _Failed()


def run_by_executor() -> None:
    """Stand for a job in the store, which keeps a function by its name; the executor below runs the round instead."""


class _OnLoop(BaseExecutor):  # type: ignore[misc]
    """Runs rounds on the gateway's event loop, each by its job's id; the scheduler itself lives in a thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop, rounds: Mapping[str, Callable[[], Awaitable[object]]]) -> None:
        super().__init__()
        self._loop = loop
        self._rounds = rounds
        self._running: set[Future[object]] = set()

    async def done(self) -> None:
        """Wait for the rounds that run; what they use may be closed after."""
        await asyncio.gather(*map(asyncio.wrap_future, tuple(self._running)), return_exceptions=True)

    def _do_submit_job(self, job: Job, run_times: list[datetime]) -> None:
        running = asyncio.run_coroutine_threadsafe(_run(job.id, self._rounds[job.id]), self._loop)
        alias = job._jobstore_alias

        def done(finished: Future[object]) -> None:
            self._running.discard(finished)
            result = _FAILED if finished.cancelled() else finished.result()
            event = JobExecutionEvent(EVENT_JOB_EXECUTED, job.id, alias, run_times[-1], retval=result)
            self._run_job_success(job.id, [event])

        self._running.add(running)
        running.add_done_callback(done)

    def shutdown(self, wait: bool = True) -> None:
        """Leave what runs on the loop to ``done``: this is the scheduler's thread."""
        del wait


async def _run(name: str, run: Callable[[], Awaitable[object]]) -> object:
    try:
        return await run()
    except Exception as error:  # its words may be people's
        log.error("the round %s failed: %s", name, type(error).__name__)
        return _FAILED
