"""States and data sets of sources on PostgreSQL: many processes, one quota, the same answers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import sessionmaker

from services.city.app import create_app
from services.city.core import feed_states
from services.city.core.database import make_engine
from services.city.core.migrate import upgrade
from services.city.core.settings import CitySettings
from services.importers.registry import IMPORTERS
from services.importers.registry import SAMPLE as PARTS
from tests import postgres
from tests.feeds_server import FeedsServer
from tests.integration.city.conftest import NOW, SAMPLE, Client, SettableClock
from tests.integration.importers.conftest import Town

THREADS = 8
CALLS = 10


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture
def engine(server_url: str) -> Iterator[Engine]:
    """As in conftest.py, on PostgreSQL: what stands on it does too."""
    engine = make_engine(postgres.new_database(server_url, "feeds"))
    upgrade(engine)
    yield engine
    engine.dispose()


def all_at_once(work: Callable[[], None]) -> None:
    """Do the work in several threads."""
    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_calls_of_many_processes_are_all_counted(engine: Engine, town: Town) -> None:
    sessions = sessionmaker(engine)

    def call() -> None:
        for _ in range(CALLS):
            with sessions.begin() as session:
                feed_states.count_call(session, "some", NOW)

    all_at_once(call)
    assert town.state().calls == THREADS * CALLS


def test_of_many_processes_one_gets_the_lease(engine: Engine, town: Town) -> None:
    sessions = sessionmaker(engine)
    got: list[bool] = []
    together = threading.Barrier(THREADS)

    def take() -> None:
        together.wait(10)
        with sessions.begin() as session:
            got.append(feed_states.lease(session, "some", NOW, NOW + timedelta(hours=1)))

    all_at_once(take)
    assert sorted(got) == [False] * (THREADS - 1) + [True]


def test_a_source_is_updated_as_on_sqlite(town: Town, server: FeedsServer) -> None:
    assert town.updater.update("some").changed
    assert not town.again().update("some").changed
    state = town.state()
    assert (state.failures, state.etag, len(server.asked)) == (0, '"1"', 2)
    assert state.succeeded_at == NOW.astimezone(UTC)
    assert town.next_in() == timedelta(minutes=10)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("bikes", "/v1/transport/bike-stations?near=50.836,4.3365"),
        ("car_parks", "/v1/transport/car-parks?near=50.836,4.3365"),
        ("fares", "/v1/transport/fares?age=14&q=abonnement"),
        ("lez", "/v1/transport/lez?vehicle=car&fuel=diesel&euro=5"),
        ("lost_property", "/v1/transport/lost-property?mode=tram"),
    ],
)
def test_answers_are_those_of_sqlite(engine: Engine, tmp_path: Path, name: str, path: str) -> None:
    answers = []
    for url in (engine.url.render_as_string(hide_password=False), f"sqlite:///{tmp_path / 'city.db'}"):
        app = create_app(CitySettings(database_url=url), SettableClock(datetime.fromisoformat(NOW.isoformat())))
        IMPORTERS[name].run(app.state.engine, SAMPLE / PARTS[name], app.state.clock)
        answers.append(Client(app).get(path))
        app.state.engine.dispose()
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
