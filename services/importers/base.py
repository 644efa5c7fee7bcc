"""What every importer is, and how each of them builds a new version and switches to it.

An importer reads a feed completely into a new dataset, beside the one in use and unseen by all readers; then it is
checked and switched to in one short transaction, and the version before is removed. Whatever goes wrong before the
switch, be it the end of the process, leaves the version in use as it was; the next import clears away what was left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date
from pathlib import Path
from typing import Final, Protocol

import yaml
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from kit.clock import Clock
from services.city.core import datasets
from services.city.core.database import make_session_factory
from services.city.core.datasets import ImportReport, Origin
from services.city.core.removal import remove
from services.city.models.datasets import Dataset
from services.importers.building import Builder, building
from services.importers.locking import import_of

#: A feed with less than this share of the version in use is taken for a broken export.
SMALLEST_SHARE: Final = 0.5

#: Called with a line for people while a long import runs.
Progress = Callable[[str], None]


def silent(_line: str) -> None:
    """Tell nobody how far an import is."""


class ImportRefusedError(Exception):
    """A feed that must not replace the version in use; the message says why, with file and line where known."""


class Importer(Protocol):
    """Brings one kind of feed into the city database."""

    name: str

    def run(
        self,
        engine: Engine,
        path: Path,
        clock: Clock,
        progress: Progress = silent,
        *,
        feed: str | None = None,
        force: bool = False,
    ) -> ImportReport:
        """Import the feed at ``path`` as the new version of ``feed`` (default: the kind's own name).

        Raises ImportRefusedError where the feed cannot be read at all, holds nothing, or, without ``force``, holds
        less than half of what is in use.
        """
        ...


@dataclass
class Version:
    """A new version of a feed while it is being built; ``builder`` writes many rows fast.

    What ``session`` executes is committed at once: see ``services.importers.building``.
    """

    builder: Builder
    dataset: Dataset
    report: ImportReport
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def session(self) -> Session:
        """The session that it is built with."""
        return self.builder.session

    @property
    def id(self) -> int:
        """The dataset's id, for the rows that belong to it."""
        return self.dataset.id


@contextmanager
def new_version(
    engine: Engine, origin: Origin, clock: Clock, *, compare: tuple[str, ...], force: bool = False
) -> Iterator[Version]:
    """Open a new version of a feed; leaving the block checks it and switches to it, in one short transaction.

    ``compare`` names the counts of the report that must not be nought, nor fall below half of the version in use.
    Raises ImportRefusedError also where another import of the feed is running.
    """
    report = ImportReport()
    with import_of(engine, origin.feed) as alone, building(engine) as builder:
        if not alone:
            raise ImportRefusedError(f"{origin.feed}: another import of it is running")
        session, writing = builder.session, builder.turns.writing
        _clear(engine, builder, origin.feed)
        before = session.scalar(select(Dataset).where(Dataset.feed == origin.feed, Dataset.status == "active"))
        counts_before = dict(before.report.get("counts", {})) if before else {}
        with writing():
            dataset = datasets.start(session, origin, clock.now().astimezone(UTC))
        version = Version(builder, dataset, report)
        try:
            yield version
            _check(origin.feed, report, counts_before, compare, force=force)
            session.commit()  # what the importer only added to the session; the switch is to be short
            valid = {"valid_from": version.valid_from, "valid_until": version.valid_until}
            with make_session_factory(engine)() as switch, switch.begin():
                datasets.activate(switch, switch.get_one(Dataset, version.id), report, **valid)
        except BaseException:
            session.rollback()
            remove(session, version.id, writing)
            raise
        _clear(engine, builder, origin.feed)


def _clear(engine: Engine, builder: Builder, own_feed: str) -> None:
    """Remove versions that are not in use, but for those that another import is building just now."""
    session = builder.session
    for feed in datasets.feeds_with_leftovers(session):
        with nullcontext(True) if feed == own_feed else import_of(engine, feed) as alone:
            for dataset_id in datasets.leftovers(session, feed) if alone else ():
                remove(session, dataset_id, builder.turns.writing)


def _check(
    feed: str, report: ImportReport, before: Mapping[str, int], compare: tuple[str, ...], *, force: bool
) -> None:
    for what in compare:
        count, count_before = report.counts.get(what, 0), before.get(what, 0)
        if count == 0:
            raise ImportRefusedError(f"{feed}: no {what} in this feed{_first_problem(report)}")
        if not force and count < count_before * SMALLEST_SHARE:
            raise ImportRefusedError(
                f"{feed}: {count} {what}, but the version in use has {count_before}: "
                "less than half is taken for a broken export"
            )


def _first_problem(report: ImportReport) -> str:
    if not report.problems:
        return ""
    first = report.problems[0]
    line = f":{first['line']}" if first["line"] else ""
    return f" (first of {len(report.problems)} problems: {first['file']}{line}: {first['reason']})"


def stated_origin(path: Path, origin: Origin) -> Origin:
    """Return the origin as an ``origin.yml`` beside the feed states it (``source_name, source_url, licence, sample``).

    This is how the sample city, which has the real feeds' formats, is known for what it is.
    """
    file = (path if path.is_dir() else path.parent) / "origin.yml"
    if not file.is_file():
        return origin
    try:
        stated = yaml.safe_load(file.read_text(encoding="utf-8"))
        return replace(
            origin,
            source_name=str(stated["source_name"]),
            source_url=stated.get("source_url"),
            licence=stated.get("licence"),
            sample=bool(stated["sample"]),
        )
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise ImportRefusedError(f"{file}: not an origin (needs source_name and sample): {error}") from error
