"""The scheduler: one process at a time, its store kept over restarts, a round that fails is tried again."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from services.gateway.conversations.models import SCHEDULED_JOBS
from services.gateway.core.database import open_database, sync_engine
from services.gateway.core.migrate import upgrade
from services.gateway.core.observability import Metrics
from services.gateway.notifications.leading import Leading
from services.gateway.notifications.scheduling import Round, Scheduling

pytestmark = pytest.mark.filterwarnings("error")


class Machine:
    """The machine's clock."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def url(tmp_path) -> str:
    url = f"sqlite:///{tmp_path / 'conversations.db'}"
    engine = sync_engine(url)
    upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture
def machine() -> Machine:
    return Machine()


Make = Callable[..., Scheduling]


@pytest.fixture
async def make(url, machine) -> AsyncIterator[Make]:
    made = []

    def make(rounds: dict[str, Round]) -> Scheduling:
        database = open_database(url, pool_size=2)
        scheduling = Scheduling(url, rounds, Leading(database, "scheduler", now=machine), Metrics())
        made.append((scheduling, database))
        return scheduling

    yield make
    for scheduling, database in made:
        await scheduling.close()
        await database.close()


class Counting:
    """A round that counts its runs, and fails the first times."""

    def __init__(self, failing: int = 0) -> None:
        self.runs = 0
        self.failing = failing
        self.ran = asyncio.Event()

    async def __call__(self) -> None:
        self.runs += 1
        self.ran.set()
        if self.runs <= self.failing:
            raise RuntimeError("words of a resident")

    async def until(self, runs: int) -> None:
        async with asyncio.timeout(10):
            while self.runs < runs:
                self.ran.clear()
                await self.ran.wait()


async def test_a_round_runs_at_once_and_then_again_and_again(make):
    counting = Counting()
    scheduling = make({"look": Round(counting, 0.05)})
    assert await scheduling.lead()
    await counting.until(3)


async def test_a_round_that_fails_is_run_again_counted_and_its_words_are_not_logged(make, caplog):
    counting = Counting(failing=2)
    scheduling = make({"look": Round(counting, 0.05)})
    await scheduling.lead()
    await counting.until(4)
    value = scheduling._metrics.registry.get_sample_value
    assert value("bxl_gateway_jobs_failed_total", {"job": "look"}) == 2
    assert "RuntimeError" in caplog.text
    assert "words of a resident" not in caplog.text


async def test_one_of_two_leads_and_the_other_takes_over_when_it_stops(make):
    first, second = Counting(), Counting()
    one, two = make({"look": Round(first, 60)}), make({"look": Round(second, 60)})
    assert [await one.lead(), await two.lead(), await one.lead()] == [True, False, True]
    await first.until(1)
    await one.close()
    assert await two.lead()


async def test_one_that_died_is_waited_for_as_long_as_its_lease(make, machine):
    one, two = make({}), make({})
    assert await one.lead()
    machine.now_s += 29
    assert not await two.lead()
    machine.now_s += 2
    assert await two.lead()
    assert not await one.lead()
    assert one._metrics.registry.get_sample_value("bxl_gateway_scheduling") == 0


async def test_closing_waits_for_the_round_that_runs(make):
    began, gate, ended = asyncio.Event(), asyncio.Event(), []

    async def slow() -> None:
        began.set()
        await gate.wait()
        ended.append("slow")

    scheduling = make({"look": Round(slow, 3600)})
    await scheduling.lead()
    await began.wait()
    closing = asyncio.create_task(scheduling.close())
    asyncio.get_running_loop().call_later(0.05, gate.set)
    await closing
    assert ended == ["slow"]


async def test_a_restart_does_not_start_the_rounds_anew(make):
    before, after = Counting(), Counting()
    one = make({"look": Round(before, 3600)})
    await one.lead()
    await before.until(1)
    await one.close()
    other = Counting()
    two = make({"look": Round(after, 3600), "new": Round(other, 3600)})
    await two.lead()
    await other.until(1)
    assert after.runs == 0


async def test_rounds_that_were_missed_are_one_at_once(make, url):
    before, after = Counting(), Counting()
    one = make({"look": Round(before, 3600)})
    await one.lead()
    await before.until(1)
    await one.close()
    engine = sync_engine(url)
    with engine.begin() as connection:
        (row,) = connection.execute(select(SCHEDULED_JOBS))
        job = pickle.loads(row.job_state)  # noqa: S301 - what the gateway wrote
        job["next_run_time"] -= timedelta(hours=10)
        late = {"next_run_time": row.next_run_time - 36000, "job_state": pickle.dumps(job)}
        connection.execute(update(SCHEDULED_JOBS).values(late))
    engine.dispose()
    two = make({"look": Round(after, 3600)})
    await two.lead()
    await after.until(1)
    await two.close()
    assert after.runs == 1


async def test_a_round_that_is_no_more_leaves_the_store(make, url):
    counting = Counting()
    one = make({"old": Round(counting, 3600)})
    await one.lead()
    await counting.until(1)
    await one.close()
    two = make({"new": Round(counting, 3600)})
    await two.lead()
    await counting.until(2)
    engine = sync_engine(url)
    with engine.connect() as connection:
        assert list(connection.scalars(text("SELECT id FROM scheduled_jobs"))) == ["new"]
    engine.dispose()
