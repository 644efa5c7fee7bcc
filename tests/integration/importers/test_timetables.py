"""A timetable from its source: fetched, imported in the sample's place, and only read again where it changed."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from services.city.models.datasets import Dataset
from services.feeds.errors import UnexpectedContentError
from services.feeds.http import Fetcher
from services.feeds.settings import FetchSettings
from services.importers.base import ImportRefusedError
from services.importers.registry import IMPORTERS
from services.importers.sources import SOURCES
from services.importers.updates import Job, Outcome
from tests.feeds_server import FeedsServer, Reply
from tests.integration.city import best, gtfs
from tests.integration.city.conftest import SAMPLE, SettableClock

STIB = "stib_timetable"


@pytest.fixture
def job(
    engine: Engine, clock: SettableClock, server: FeedsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Job]:
    for name in (STIB, "delijn_timetable", "best_addresses"):
        monkeypatch.setenv(f"BXL_FEEDS_{name.upper()}_URL", server.url(f"/{name}"))
    content = gtfs.zipped(tmp_path / "made.zip").read_bytes()
    server.put("/stib_timetable", Reply(content, etag='"1"'))
    server.put("/delijn_timetable", Reply(content, etag='"1"'))
    with Fetcher(clock, FetchSettings(tries=1)) as fetcher:
        yield Job(engine, clock, fetcher, SOURCES[STIB].source, tmp_path)


def update(job: Job, name: str = STIB, **changes: object) -> Outcome:
    source = SOURCES[name]
    return source.update(Job(**{**vars(job), "source": source.source, **changes}))


def in_use(job: Job) -> dict[str, tuple[str, bool]]:
    with Session(job.engine) as session:
        datasets = session.scalars(select(Dataset).where(Dataset.status == "active").order_by(Dataset.feed))
        return {dataset.feed: (dataset.source_name, dataset.sample) for dataset in datasets}


def test_it_takes_the_samples_place_and_others_stand_beside_it(job: Job) -> None:
    IMPORTERS["gtfs"].run(job.engine, SAMPLE / "gtfs", job.clock)
    assert in_use(job)["gtfs"][1] is True
    report = update(job, force=True).report  # the made-up one is smaller than the sample
    assert report is not None
    assert report.counts["trips"] == 18
    update(job, "delijn_timetable")
    assert in_use(job) == {"gtfs": ("STIB-MIVB – Open Data", False), "gtfs:delijn": ("De Lijn – Open Data", False)}


def test_what_did_not_change_is_not_imported_again(job: Job) -> None:
    first = update(job)
    again = update(job, since=first.validators)
    assert (first.changed, again.changed, again.report) == (True, False, None)


def test_a_web_page_leaves_the_timetable_in_use(job: Job, server: FeedsServer) -> None:
    update(job)
    server.put("/stib_timetable", Reply.html())
    with pytest.raises(UnexpectedContentError, match="a web page instead of zip"):
        update(job)
    assert list(in_use(job)) == ["gtfs"]


def test_addresses_come_zipped(job: Job, server: FeedsServer, tmp_path: Path) -> None:
    line = best.line(1, "Rue Blaes", "Blaesstraat", "1000", "1", lat=50.83, lon=4.34)
    with zipfile.ZipFile(tmp_path / "made.zip", "w") as archive:
        archive.write(best.write(tmp_path / "made.csv", [line]), "openaddress-bebru.csv")
    server.put("/best_addresses", Reply((tmp_path / "made.zip").read_bytes()))
    report = update(job, "best_addresses").report
    assert report is not None
    assert (report.counts["streets"], report.counts["addresses"]) == (1, 1)
    assert in_use(job) == {"best": ("BeSt Address – FPS BOSA", False)}


def test_real_time_is_not_laid_over_the_sample(job: Job, tmp_path: Path) -> None:
    IMPORTERS["gtfs"].run(job.engine, SAMPLE / "gtfs", job.clock)
    answer = tmp_path / "answer"
    answer.write_bytes(b'{"results": [], "total_count": 0}')
    with pytest.raises(ImportRefusedError, match="no timetable 'gtfs' yet, or only the sample's"):
        IMPORTERS["stib_waiting_times"].run(job.engine, answer, job.clock)
    update(job, force=True)
    IMPORTERS["stib_waiting_times"].run(job.engine, answer, job.clock)
