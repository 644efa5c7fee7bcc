"""Turns of sources, one after the other, on a schedule that the test plays."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy.exc import OperationalError

from services.feeds.errors import FeedUnavailableError
from services.importers.updates import Job, Outcome
from services.importers.updating import BusyError
from services.importers.watch import ThreadedSchedule, Watch
from tests.feeds_server import FeedsServer, Reply
from tests.integration.importers.conftest import Town


class Played:
    """A schedule whose calls are made by the test."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self._next: Callable[[], None] | None = None

    def later(self, name: str, wait_s: float, call: Callable[[], None]) -> None:
        assert name == "some"
        self.waits.append(wait_s)
        self._next = call

    def play(self, town: Town) -> None:
        assert self._next is not None
        town.wait(seconds=self.waits[-1])
        call, self._next = self._next, None
        call()

    @property
    def waiting(self) -> bool:
        return self._next is not None


@pytest.fixture
def schedule() -> Played:
    return Played()


@pytest.fixture
def ended() -> list[Outcome | Exception]:
    return []


@pytest.fixture
def watch(town: Town, schedule: Played, ended: list[Outcome | Exception]) -> Watch:
    watch = Watch(town.updater, town.clock, schedule, lambda _name, how: ended.append(how))
    watch.start()
    return watch


@pytest.mark.usefixtures("watch")
def test_turns_follow_each_other(town: Town, schedule: Played, server: FeedsServer) -> None:
    for _ in range(3):
        schedule.play(town)
    assert schedule.waits == [0, 600, 600, 600]
    assert len(server.asked) == 3
    assert town.stored == [b"1"]


@pytest.mark.usefixtures("watch")
def test_after_a_failure_there_is_a_next_turn(
    town: Town, schedule: Played, server: FeedsServer, ended: list[Outcome | Exception]
) -> None:
    server.put("/feed", *[Reply(b"oops", status=500)] * 6, Reply(b"2"))
    for _ in range(3):
        schedule.play(town)
    assert schedule.waits == [0, 60, 120, 600]
    assert [type(how) for how in ended] == [FeedUnavailableError, FeedUnavailableError, Outcome]
    assert town.stored == [b"2"]


@pytest.mark.parametrize(
    ("error", "wait"),
    [
        pytest.param(ZeroDivisionError(), 60, id="a fault of ours"),
        pytest.param(OperationalError("insert", {}, Exception("locked")), 60, id="the database"),
        pytest.param(BusyError(), 60, id="another process"),
    ],
)
@pytest.mark.usefixtures("watch")
def test_whatever_goes_wrong_there_is_a_next_turn(
    town: Town, schedule: Played, error: Exception, wait: float, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_job: Job) -> None:
        raise error

    caplog.set_level("CRITICAL")
    town.meanwhile = fail
    schedule.play(town)
    assert schedule.waits == [0, wait]


@pytest.mark.usefixtures("watch")
def test_a_source_that_another_process_has_is_looked_at_again(
    town: Town, schedule: Played, ended: list[Outcome | Exception]
) -> None:
    def meanwhile(_job: Job) -> None:
        town.meanwhile = lambda _job: None
        schedule.play(town)

    other = town.updater
    town.meanwhile = meanwhile
    other.update("some")
    assert [type(how) for how in ended] == [BusyError]
    assert schedule.waits == [0, 30]


@pytest.mark.usefixtures("watch")
def test_nothing_is_set_once_it_stops(town: Town, schedule: Played, ended: list[Outcome | Exception]) -> None:
    town.updater.stopping.set()
    schedule.play(town)
    assert not schedule.waiting
    assert ended == []


def test_the_real_schedule_calls_in_its_threads_and_ends() -> None:
    called = threading.Event()
    schedule = ThreadedSchedule(threads=2)
    never = threading.Event()
    schedule.later("b", 3600, never.set)
    schedule.later("a", 3600, never.set)
    schedule.later("a", 0, called.set)
    assert called.wait(10)
    schedule.close()
    assert not never.is_set()
