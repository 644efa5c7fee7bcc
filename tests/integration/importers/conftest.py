"""A city database, a source on loopback, and an updater whose clock a test moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services.city.core import feed_states
from services.city.core.database import make_engine
from services.city.core.migrate import upgrade
from services.city.models.feed_states import FeedState
from services.feeds.source import Source
from services.importers.settings import WatchSettings
from services.importers.updates import Job, Outcome, Watched
from services.importers.updating import Updater
from tests.feeds_server import FeedsServer, Reply, serving
from tests.integration.city.conftest import NOW, SettableClock


@pytest.fixture
def server() -> Iterator[FeedsServer]:
    with serving() as server:
        server.put("/feed", Reply(b"1", etag='"1"'))
        yield server


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(NOW)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{tmp_path / 'city.db'}")
    upgrade(engine)
    yield engine
    engine.dispose()


class Town:
    """An updater of one source, ``some``, and what it stored."""

    def __init__(self, engine: Engine, clock: SettableClock, server: FeedsServer, folder: Path) -> None:
        self.clock = clock
        self.engine = engine
        self.folder = folder
        self.stored: list[bytes] = []
        self.meanwhile: Callable[[Job], None] = lambda _job: None
        self.source = Source(
            name="some",
            title="Some source",
            url=server.url("/feed"),
            licence="CC0",
            attribution="Some",
            refresh=timedelta(minutes=10),
        )
        self.updater = self.again()

    def again(self, enabled: str = "some", **changes: object) -> Updater:
        """Return an updater as of a new process."""
        source = Source.model_validate({**self.source.model_dump(), **changes})
        settings = WatchSettings(enabled=enabled, folder=self.folder)
        self.updater = Updater(
            self.engine, self.clock, {"some": Watched(source, self._update)}, settings, jitter=lambda: 0.0
        )
        return self.updater

    def _update(self, job: Job) -> Outcome:
        fetched = job.fetcher.get(job.source.address, since=job.since)
        self.meanwhile(job)
        if not fetched.not_modified:
            self.stored.append(fetched.content)
        return Outcome(changed=not fetched.not_modified, validators=fetched.validators)

    def state(self) -> FeedState:
        with Session(self.engine) as session:
            return feed_states.one(session, "some")

    def next_in(self) -> timedelta:
        return self.updater.next_at("some") - self.clock.now()

    def wait(self, **span: float) -> datetime:
        self.clock.at += timedelta(**span)
        return self.clock.at


@pytest.fixture
def town(
    engine: Engine, clock: SettableClock, server: FeedsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Town:
    monkeypatch.setenv("BXL_FEEDS_FIRST_WAIT_S", "0")
    monkeypatch.setenv("BXL_FEEDS_LONGEST_WAIT_S", "0")
    return Town(engine, clock, server, tmp_path / "feeds")
