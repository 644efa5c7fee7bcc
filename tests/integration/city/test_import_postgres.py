"""The same import leaves the same rows on SQLite and on PostgreSQL, whatever the feed's texts hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from kit.clock import FixedClock
from services.city.core.bulk import insert_rows
from services.city.core.database import make_engine
from services.city.core.migrate import upgrade
from services.city.models import Base, Dataset, PlaceName, StopPlace
from services.importers.registry import IMPORTERS
from tests import postgres
from tests.integration.city import best, gtfs
from tests.integration.city.conftest import NOW

#: What has a meaning of its own in COPY's text format.
ODD = r"\N \. 'a' a\tb \\ ; — 🚋"
CLOCK = FixedClock(NOW)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture
def engines(server: str, tmp_path: Path) -> Iterator[list[Engine]]:
    urls = (f"sqlite:///{tmp_path / 'city.db'}", postgres.new_database(server, "import"))
    engines = [make_engine(url) for url in urls]
    for engine in engines:
        upgrade(engine)
    yield engines
    for engine in engines:
        engine.dispose()


def rows(engine: Engine) -> dict[str, list[Any]]:
    """Return all that an import wrote, by table; ids that the database gives are left out."""
    found: dict[str, list[Any]] = {}
    with Session(engine) as session:
        for table in Base.metadata.sorted_tables:
            if table.name.startswith(("transport_", "place", "addresses")):
                given = table.name in ("places", "place_names", "addresses")
                columns = [column for column in table.columns if not (given and column.name == "id")]
                found[table.name] = sorted(map(repr, session.execute(select(*columns))))
    return found


def test_a_timetable(engines: list[Engine], tmp_path: Path) -> None:
    stops = gtfs.FEED["stops.txt"].replace("Forest,", f"{ODD},")
    feed = gtfs.folder(tmp_path / "feed", {"stops.txt": stops})
    for engine in engines:
        IMPORTERS["gtfs"].run(engine, feed, CLOCK)
        IMPORTERS["gtfs"].run(engine, feed, CLOCK)
    on_sqlite, on_postgresql = map(rows, engines)
    assert on_postgresql == on_sqlite
    assert len(on_sqlite[StopPlace.__tablename__]) == 5
    with Session(engines[1]) as session:
        assert session.scalar(select(func.count()).select_from(PlaceName).where(PlaceName.name == ODD))
        assert session.scalars(select(Dataset.status)).all() == ["active"]


def test_addresses(engines: list[Engine], tmp_path: Path) -> None:
    lines = [
        best.line(street, f"Rue {ODD}", "Straat", "1000", f"{number}{suffix}", lat=50.83, lon=4.34)
        for street in (1, 2)
        for number in range(1, 3_000)
        for suffix in ("", "A")
    ]
    file = best.write(tmp_path / "best.csv", lines)
    for engine in engines:
        IMPORTERS["best"].run(engine, file, CLOCK)
        IMPORTERS["best"].run(engine, file, CLOCK)
    on_sqlite, on_postgresql = map(rows, engines)
    assert on_postgresql == on_sqlite
    assert len(on_sqlite["addresses"]) == len(lines)


def test_odd_values_come_back_as_they_were(engines: list[Engine]) -> None:
    texts = [ODD, "a\tb\nc\rd", "\\", "\\N", "\\.", "", "NULL", '"', "\u2028", "é" * 200]
    for engine in engines:
        with Session(engine) as session:
            dataset = Dataset(feed="f", topic="t", source_name="s", status="active", imported_at=NOW, report={})
            session.add(dataset)
            session.flush()
            columns = ("dataset_id", "place_id", "name", "folded", "language", "alias")
            given = [(dataset.id, str(n), text, text, None, n % 2 == 0) for n, text in enumerate(texts)]
            insert_rows(session, PlaceName, columns, given)
            session.commit()
            names = select(PlaceName.name, PlaceName.language, PlaceName.alias).order_by(PlaceName.id)
            assert [tuple(row) for row in session.execute(names)] == [
                (text, None, n % 2 == 0) for n, text in enumerate(texts)
            ]
