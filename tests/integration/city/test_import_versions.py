"""A new version of a feed: built beside the one in use, unseen, in nobody's way; then switched to."""

from __future__ import annotations

import sqlite3
import statistics
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from kit.clock import FixedClock
from services.city.core import datasets
from services.city.core.database import make_engine, make_reader_factory
from services.city.core.datasets import Origin
from services.city.core.migrate import upgrade
from services.city.models import Base, Dataset, StopPlace, WasteHoliday
from services.importers.base import ImportRefusedError, Version, new_version
from services.importers.gtfs import GtfsImporter
from services.importers.locking import import_of
from tests.integration.city.conftest import NOW
from tools.synthetic_city.gtfs import write_feed

CLOCK = FixedClock(NOW)
BLANK = dict.fromkeys(("name_fr", "name_nl", "folded_fr", "folded_nl"), "")
FEED = Origin("feed", "transport", "Tests")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{tmp_path / 'city.db'}")
    upgrade(engine)
    yield engine
    engine.dispose()


def build(engine: Engine, stops: int, origin: Origin = FEED, *, force: bool = False) -> None:
    with new_version(engine, origin, CLOCK, compare=("stops",), force=force) as version:
        add_stops(version, stops)


def add_stops(version: Version, count: int) -> None:
    base = version.id << 32
    rows = [
        {"id": base + n, "dataset_id": version.id, "slug": f"s{n}", **BLANK, "wheelchair": 0, "weight": 0}
        for n in range(count)
    ]
    version.report.counts["stops"] = version.builder.write(StopPlace, rows)


def statuses(engine: Engine) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with Session(engine) as session:
        for feed, status in session.execute(select(Dataset.feed, Dataset.status).order_by(Dataset.id)):
            found.setdefault(feed, []).append(status)
    return found


def stops(engine: Engine) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(StopPlace)) or 0


def in_use(engine: Engine) -> list[int]:
    with Session(engine) as session:
        return [dataset.id for dataset in datasets.in_use(session)]


def test_the_version_before_is_in_use_until_the_block_ends(engine: Engine) -> None:
    build(engine, 3)
    before = in_use(engine)
    with new_version(engine, FEED, CLOCK, compare=("stops",)) as version:
        add_stops(version, 4)
        assert stops(engine) == 7  # it is stored already, unseen
        assert in_use(engine) == before
    assert in_use(engine) == [version.id]
    assert stops(engine) == 4
    assert statuses(engine) == {"feed": ["active"]}


def test_while_it_is_built_others_write_without_waiting(engine: Engine, tmp_path: Path) -> None:
    engine.dispose()
    with (
        sqlite3.connect(tmp_path / "city.db", timeout=0) as other,
        new_version(engine, FEED, CLOCK, compare=("stops",)) as version,
    ):
        add_stops(version, 3)
        version.session.add(WasteHoliday(dataset_id=version.id, day=NOW.date(), name_fr="", name_nl="", name_en=""))
        other.execute("CREATE TABLE bookings (id INTEGER)")
        other.execute("INSERT INTO bookings VALUES (1)")
        other.commit()
    other.close()
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(WasteHoliday)) == 1


@pytest.mark.parametrize("error", [ValueError("a bug"), ImportRefusedError("no"), KeyboardInterrupt()], ids=repr)
def test_what_a_failed_import_has_written_is_removed_at_once(engine: Engine, error: BaseException) -> None:
    build(engine, 3)

    def failing() -> None:
        with new_version(engine, FEED, CLOCK, compare=("stops",)) as version:
            add_stops(version, 5_000)
            raise error

    with pytest.raises(type(error)):
        failing()
    assert statuses(engine) == {"feed": ["active"]}
    assert stops(engine) == 3


def test_a_version_that_fails_its_checks_is_removed(engine: Engine) -> None:
    build(engine, 9)
    with pytest.raises(ImportRefusedError, match="less than half"):
        build(engine, 4)
    assert stops(engine) == 9
    build(engine, 4, force=True)
    assert stops(engine) == 4


def test_a_request_sees_one_version_from_its_start_to_its_end(engine: Engine) -> None:
    build(engine, 3)
    with make_reader_factory(engine)() as request:
        before = [dataset.id for dataset in datasets.in_use(request)]
        build(engine, 4)
        assert [dataset.id for dataset in datasets.in_use(request)] == before
        query = select(func.count()).where(StopPlace.dataset_id == before[0])
        assert request.scalar(query) == 3
    assert in_use(engine) != before


def left_behind(engine: Engine, feed: str, status: str = "building") -> None:
    """Leave a version as a killed import does."""
    with Session(engine) as session, session.begin():
        dataset = datasets.start(session, Origin(feed, "transport", "Tests"), NOW)
        dataset.status = status
        session.add(StopPlace(id=dataset.id << 32, dataset_id=dataset.id, slug="x", **BLANK, wheelchair=0, weight=0))


@pytest.mark.parametrize("status", ["building", "superseded"])
@pytest.mark.parametrize("feed", ["feed", "another"])
def test_the_next_import_clears_away_what_a_killed_one_left(engine: Engine, feed: str, status: str) -> None:
    left_behind(engine, feed, status)
    build(engine, 2)
    assert statuses(engine) == {"feed": ["active"]}
    assert stops(engine) == 2


def test_what_another_import_is_building_just_now_is_let_alone(engine: Engine) -> None:
    left_behind(engine, "another")
    with import_of(engine, "another") as alone:
        assert alone
        build(engine, 2)
        assert statuses(engine) == {"another": ["building"], "feed": ["active"]}
    build(engine, 2)
    assert statuses(engine) == {"feed": ["active"]}


def test_two_imports_of_one_feed_do_not_run_at_once(engine: Engine) -> None:
    with new_version(engine, FEED, CLOCK, compare=("stops",)) as version:
        with pytest.raises(ImportRefusedError, match="another import"):
            build(engine, 2)
        build(engine, 2, Origin("another", "transport", "Tests"))
        add_stops(version, 3)
    assert statuses(engine) == {"feed": ["active"], "another": ["active"]}


def test_every_table_of_a_dataset_is_emptied(engine: Engine, tmp_path: Path) -> None:
    feed = write_feed(tmp_path / "feed.zip", 0.02)

    def rows() -> dict[str, int]:
        with Session(engine) as session:
            return {
                table.name: session.scalar(select(func.count()).select_from(table)) or 0
                for table in Base.metadata.sorted_tables
            }

    GtfsImporter().run(engine, feed, CLOCK)
    before = rows()
    assert before["transport_trips"] > 1_000
    GtfsImporter().run(engine, feed, CLOCK)
    assert rows() == before


def test_residents_write_while_a_large_feed_is_imported(engine: Engine, tmp_path: Path) -> None:
    """Written often, a booking waits a fraction of a second at most: for a batch, never for the import."""
    feed = write_feed(tmp_path / "feed.zip", 0.1)
    GtfsImporter().run(engine, feed, CLOCK)
    done = threading.Event()
    waited: list[float] = []

    def residents() -> None:
        with sqlite3.connect(tmp_path / "city.db", timeout=10, isolation_level=None) as other:
            other.execute("CREATE TABLE bookings (id INTEGER)")
            while not done.wait(0.002):
                begun = time.monotonic()
                other.execute("BEGIN IMMEDIATE")
                other.execute("INSERT INTO bookings VALUES (1)")
                other.execute("COMMIT")
                waited.append(time.monotonic() - begun)
        other.close()

    thread = threading.Thread(target=residents)
    thread.start()
    try:
        GtfsImporter().run(engine, feed, CLOCK)
    finally:
        done.set()
        thread.join()
    assert len(waited) > 20
    assert max(waited) < 0.9
    assert statistics.median(waited) < 0.1
