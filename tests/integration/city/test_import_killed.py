"""An import that is killed at any moment leaves the version in use whole and serving, and the next import works."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from kit.clock import FixedClock
from services.city.app import create_app
from services.city.core.database import make_engine
from services.city.core.migrate import upgrade
from services.city.core.settings import CitySettings
from services.city.models import Dataset, Line, Pattern, StopPlace, Trip
from services.importers.gtfs import GtfsImporter
from tests import postgres
from tests.integration.city.conftest import NOW, Client
from tools.synthetic_city.gtfs import write_feed

ROOT = Path(__file__).parents[3]
CLOCK = FixedClock(NOW)
SCALE = 0.06
RANDOM_MOMENTS = 3


@pytest.fixture(scope="module")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give two versions of a feed, one larger than the other."""
    folder = tmp_path_factory.mktemp("feeds")
    return write_feed(folder / "old.zip", SCALE, seed=1), write_feed(folder / "new.zip", 1.2 * SCALE, seed=2)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'city.db'}"
    return postgres.new_database(request.getfixturevalue("server"), "killed")


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    upgrade(engine)
    yield engine
    engine.dispose()


@contextmanager
def importing(url: str, feed: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.integration.city.import_process", url, str(feed)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own
        try:
            yield process
        finally:
            process.kill()


def until(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(word):
            return
    pytest.fail(f"the import ended before {word!r}")


def in_use(engine: Engine) -> dict[str, int]:
    """Return how many rows of the version in use there are."""
    with Session(engine) as session:
        active = select(Dataset.id).where(Dataset.status == "active").scalar_subquery()
        patterns = select(Pattern.id).where(Pattern.dataset_id == active)
        return {
            "stops": session.scalar(select(func.count()).where(StopPlace.dataset_id == active)) or 0,
            "lines": session.scalar(select(func.count()).where(Line.dataset_id == active)) or 0,
            "trips": session.scalar(select(func.count()).where(Trip.pattern_id.in_(patterns))) or 0,
        }


def trips_stored(engine: Engine) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(Trip)) or 0


def statuses(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return list(session.scalars(select(Dataset.status).order_by(Dataset.id)))


def wait_until_let_go(engine: Engine) -> None:
    """Wait until PostgreSQL has noticed that the killed process is gone, and with it its locks."""
    if engine.dialect.name != "postgresql":
        return
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND client_port IS NOT NULL AND application_name <> 'test'"
    )
    engine.dispose()
    until_s = time.monotonic() + 20
    while time.monotonic() < until_s:
        with engine.connect() as connection:
            if not connection.scalar(others):
                return
    pytest.fail("the killed import's connections stay open")


def board(url: str) -> list[str]:
    """Return what the façade says of the busiest stop."""
    app = create_app(CitySettings(database_url=url), CLOCK)
    try:
        with app.state.sessions() as session:
            slug = session.scalar(
                select(StopPlace.slug)
                .join(Dataset, Dataset.id == StopPlace.dataset_id)
                .where(Dataset.status == "active")
                .order_by(StopPlace.weight.desc(), StopPlace.id)
            )
        answer = Client(app).get(f"/v1/transport/stops/stop:{slug}/departures", {"limit": 8})
        assert answer.status_code == 200, answer.text
        return [item["trip_id"] for item in answer.json()["items"]]
    finally:
        app.state.engine.dispose()


def test_killed_at_any_moment(url: str, engine: Engine, feeds: tuple[Path, Path]) -> None:
    old, new = feeds
    whole = GtfsImporter().run(engine, old, CLOCK).counts
    expected = {what: whole[what] for what in ("stops", "lines", "trips")}
    served = board(url)
    assert in_use(engine) == expected
    assert len(served) == 8

    def check() -> None:
        wait_until_let_go(engine)
        assert in_use(engine) == expected
        assert board(url) == served

    with importing(url, new) as process:  # as soon as rows of the new version are stored
        while trips_stored(engine) == expected["trips"]:
            assert process.poll() is None
            assert in_use(engine) == expected
    assert "building" in statuses(engine)
    check()

    with importing(url, new) as process:
        until(process, "storing")
        begun = time.monotonic()
        until(process, "done")
        longest_s = time.monotonic() - begun
    expected = in_use(engine)
    served = board(url)
    assert expected["trips"] > whole["trips"]
    assert statuses(engine) == ["active"]

    rng = random.Random(7)  # noqa: S311 - when to kill
    for _ in range(RANDOM_MOMENTS):
        with importing(url, new) as process:
            until(process, "storing")
            time.sleep(rng.uniform(0, longest_s))
        check()

    report = GtfsImporter().run(engine, old, CLOCK)
    wanted = {what: report.counts[what] for what in ("stops", "lines", "trips")}
    assert in_use(engine) == wanted
    assert trips_stored(engine) == wanted["trips"]
    assert statuses(engine) == ["active"]
