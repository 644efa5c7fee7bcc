"""One source, updated over days: states, quotas, failures, other processes."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from services.feeds.errors import FeedLimitedError, FeedRefusedError, FeedUnavailableError
from services.importers.settings import WatchSettings
from services.importers.updates import Job
from services.importers.updating import BusyError, StoppedError
from tests.feeds_server import FeedsServer, Reply
from tests.integration.city.conftest import NOW
from tests.integration.importers.conftest import Town


def test_a_source_that_was_never_asked_is_due(town: Town) -> None:
    assert town.updater.due() == ["some"]


def test_a_success_is_noted(town: Town) -> None:
    assert town.updater.update("some").changed
    state = town.state()
    assert town.stored == [b"1"]
    assert (state.failures, state.error, state.calls, state.etag) == (0, None, 1, '"1"')
    assert state.succeeded_at is not None
    assert state.succeeded_at.replace(tzinfo=UTC) == NOW
    assert state.changed_at == state.succeeded_at
    assert town.next_in() == timedelta(minutes=10)
    assert town.updater.due() == []


def test_what_did_not_change_is_not_stored_again(town: Town) -> None:
    town.updater.update("some")
    town.wait(minutes=11)
    assert not town.again().update("some").changed
    assert town.stored == [b"1"]
    state = town.state()
    assert state.changed_at is not None
    assert state.succeeded_at is not None
    assert state.succeeded_at - state.changed_at == timedelta(minutes=11)


def test_force_fetches_all_of_it(town: Town) -> None:
    town.updater.update("some")
    assert town.updater.update("some", force=True).changed
    assert town.stored == [b"1", b"1"]


def test_failures_are_counted_and_put_off_and_forgotten_after_a_success(town: Town, server: FeedsServer) -> None:
    server.put("/feed", Reply(b"oops", status=500))
    waits = []
    for _ in range(3):
        with pytest.raises(FeedUnavailableError):
            town.updater.update("some")
        waits.append(town.next_in())
        town.clock.at += town.next_in()
    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert town.state().failures == 3
    assert "the server failed (500)" in (town.state().error or "")
    server.put("/feed", Reply(b"2"))
    town.updater.update("some")
    assert (town.state().failures, town.state().error) == (0, None)


def test_a_failure_keeps_what_was_known(town: Town, server: FeedsServer) -> None:
    town.updater.update("some")
    server.put("/feed", Reply(status=404))
    with pytest.raises(FeedRefusedError):
        town.updater.update("some")
    assert (town.state().etag, town.state().succeeded_at is not None) == ('"1"', True)


def test_a_fault_of_ours_is_noted_and_put_off_too(town: Town) -> None:
    def fail(_job: Job) -> None:
        raise ZeroDivisionError("ours")

    town.meanwhile = fail
    with pytest.raises(ZeroDivisionError):
        town.updater.update("some")
    assert (town.state().failures, town.state().error) == (1, "ours")
    assert town.next_in() == timedelta(minutes=1)


def test_the_calls_of_the_day_are_not_exceeded(town: Town, server: FeedsServer) -> None:
    server.put("/feed", Reply(b"1"))
    town.again(quota=2)
    town.updater.update("some")
    town.again(quota=2).update("some")
    with pytest.raises(FeedLimitedError, match="the 2 calls of today"):
        town.again(quota=2).update("some")
    assert len(server.asked) == 2
    assert NOW + town.next_in() == NOW.replace(day=24, hour=1, minute=0)
    town.wait(hours=18)
    town.updater.update("some")
    assert (len(server.asked), town.state().calls) == (3, 1)


def test_two_processes_do_not_ask_at_once(town: Town, server: FeedsServer) -> None:
    first = town.updater
    refused = []

    def another(_job: Job) -> None:
        town.meanwhile = lambda _job: None
        with pytest.raises(BusyError) as error:
            town.again().update("some")
        refused.append(error)

    town.meanwhile = another
    first.update("some")
    assert len(refused) == len(server.asked) == 1
    town.again().update("some")
    assert len(server.asked) == 2


def test_a_process_that_died_is_not_waited_for_for_ever(town: Town, server: FeedsServer) -> None:
    def die(_job: Job) -> None:
        raise SystemExit

    town.meanwhile = die
    with pytest.raises(SystemExit):
        town.updater.update("some")
    town.meanwhile = lambda _job: None
    town.wait(minutes=9)
    with pytest.raises(BusyError):
        town.again().update("some")
    town.wait(minutes=1)
    town.again().update("some")
    assert len(server.asked) == 2


def test_stopping_is_no_failure(town: Town, server: FeedsServer) -> None:
    town.updater.stopping.set()
    with pytest.raises(StoppedError):
        town.updater.update("some")
    assert server.asked == []
    assert (town.state().failures, town.state().leased_until) == (0, None)


def test_stopping_ends_an_import_at_its_next_step(town: Town) -> None:
    def stop(job: Job) -> None:
        town.updater.stopping.set()
        job.progress("1,000 rows")

    town.meanwhile = stop
    with pytest.raises(StoppedError):
        town.updater.update("some")
    assert town.stored == []


def test_only_what_is_enabled_is_due(town: Town) -> None:
    assert town.again(enabled="").due() == []
    assert not town.state().enabled
    assert town.again(enabled="all").due() == ["some"]


def test_a_source_that_is_not_there_cannot_be_enabled(town: Town) -> None:
    with pytest.raises(ValueError, match="there is no source 'sone'; there are some"):
        town.again(enabled="some, sone")


def test_a_source_that_left_the_list_is_forgotten(town: Town) -> None:
    settings = WatchSettings(enabled="", folder=town.folder)
    type(town.updater)(town.engine, town.clock, {}, settings)
    town.again()
    assert town.state().succeeded_at is None
