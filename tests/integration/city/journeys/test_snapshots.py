"""The network in memory: made once, ahead of the first question, made anew after an import, on either database."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import event

from services.city.app import create_app
from services.city.core.database import make_engine, make_session_factory
from services.city.core.settings import CitySettings
from services.city.core.warming import start
from services.city.transport.journeys import service, snapshots, warming
from services.importers.gtfs import GtfsImporter
from tests import postgres
from tests.integration.city import gtfs
from tests.integration.city.conftest import NOW, Client, SettableClock
from tests.integration.city.journeys.asking import ask, trips

FLAGEY_FOREST = ("stop:flagey", "stop:forest")
EARLIER = {"stop_times.txt": gtfs.FEED["stop_times.txt"].replace("8:00:00,8:00:00", "7:55:00,7:55:00")}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[FastAPI]:
    """A façade of the test network, for tests that change it."""
    app = create_app(CitySettings(database_url=f"sqlite:///{tmp_path / 'city.db'}"), SettableClock(NOW))
    GtfsImporter().run(app.state.engine, gtfs.folder(tmp_path / "feed"), SettableClock(NOW))
    yield app
    app.state.engine.dispose()


def departure(city: Client) -> str:
    journey = ask(city, *FLAGEY_FOREST, at="2026-11-24T07:30", limit=1)["items"][0]
    return str(journey["departure"][11:16])


def reads(app: FastAPI) -> list[str]:
    """Return a list to which each reading of all timings is added."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if "FROM transport_timings" in statement:
            seen.append(statement)

    event.listen(app.state.engine, "before_cursor_execute", note)
    return seen


def test_the_network_is_read_once(town: FastAPI) -> None:
    seen = reads(town)
    for _ in range(3):
        departure(Client(town))
    assert len(seen) == 1


def test_a_started_facade_has_read_it_before_anyone_asks(town: FastAPI) -> None:
    seen = reads(town)

    async def run() -> None:
        async with town.router.lifespan_context(town):
            pass

    asyncio.run(run())
    assert len(seen) == 1
    departure(Client(town))
    assert len(seen) == 1


def test_a_database_that_cannot_be_read_does_not_keep_the_facade_from_starting(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    with caplog.at_level(logging.ERROR):
        start({"the network": lambda: warming.warm(make_session_factory(engine), SettableClock(NOW))}).join(timeout=30)
    engine.dispose()
    assert "the network could not be made ready" in caplog.text


def test_a_new_timetable_is_travelled_by_at_once(town: FastAPI, tmp_path: Path) -> None:
    city = Client(town)
    before = departure(city)
    GtfsImporter().run(town.state.engine, gtfs.folder(tmp_path / "later", EARLIER), SettableClock(NOW))
    assert (before, departure(city)) == ("08:00", "07:55")


def test_an_import_during_a_search_is_searched_again(
    town: FastAPI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with town.state.sessions() as session:
        outdated = [snapshots.current(session)]
    GtfsImporter().run(town.state.engine, gtfs.folder(tmp_path / "later", EARLIER), SettableClock(NOW))
    current = snapshots.current
    # The first search runs over what was in use a moment ago.
    monkeypatch.setattr(service.snapshots, "current", lambda session: outdated.pop() if outdated else current(session))
    assert departure(Client(town)) == "07:55"
    assert outdated == []


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"at": "2026-11-24T07:30"}, ["81-early"]),
        ({"arrive_by": "2026-11-25T00:45"}, ["81-night"]),
    ],
    ids=["leaving", "arriving"],
)
def test_postgresql_is_searched_as_well(
    server: str, tmp_path: Path, asked: dict[str, str], expected: list[str]
) -> None:
    app = create_app(CitySettings(database_url=postgres.new_database(server, "journeys")), SettableClock(NOW))
    GtfsImporter().run(app.state.engine, gtfs.folder(tmp_path / "feed"), SettableClock(NOW))
    journey = ask(Client(app), *FLAGEY_FOREST, **asked)["items"][0]
    app.state.engine.dispose()
    assert trips(journey) == expected
    assert journey["legs"][0]["stops"][0]["id"] == "stop:gare-du-midi"
