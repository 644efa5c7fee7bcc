"""What an update of a source is: the job it gets, the outcome it returns, and the usual one, by an importer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import yaml
from sqlalchemy import Engine

from kit.clock import Clock
from services.city.core.datasets import ImportReport
from services.feeds.http import Fetched, Fetcher, Validators
from services.feeds.source import Source
from services.importers.base import Importer, Progress, silent


@dataclass(frozen=True)
class Job:
    """What an update has at hand. ``folder`` is the source's own, and is kept between updates."""

    engine: Engine
    clock: Clock
    fetcher: Fetcher
    source: Source
    folder: Path
    #: What was known at the last success; None where all has to be fetched.
    since: Validators | None = None
    progress: Progress = silent
    force: bool = False


@dataclass(frozen=True)
class Outcome:
    """What an update did: whether anything changed, and what to ask for changes with next time."""

    changed: bool
    validators: Validators = field(default_factory=Validators)
    report: ImportReport | None = None


class Update(Protocol):
    """Fetches a source and stores what it says. Raises FeedError or ImportRefusedError, and leaves all as it was.

    Fetch first and open a transaction then: each call is counted in the same database.
    """

    def __call__(self, job: Job) -> Outcome: ...


#: Fetches a source; what is not returned as content is written to the path: a file, or a folder that it makes.
Fetch = Callable[[Fetcher, Source, Validators | None, Path], Fetched]


@dataclass(frozen=True)
class Watched:
    """A source, how it is updated, and the name of the data set where it becomes one."""

    source: Source
    update: Update
    feed: str | None = None


def content_of(fetch: Callable[[Fetcher, Source, Validators | None], Fetched]) -> Fetch:
    """Return a fetch that keeps to memory as one that could write a file."""
    return lambda fetcher, source, since, _path: fetch(fetcher, source, since)


def imported(source: Source, fetch: Fetch, importer: Importer, *, feed: str, file: str) -> Watched:
    """Return a source whose files an importer takes, as the data set ``feed``; ``file`` names them on disk."""

    def update(job: Job) -> Outcome:
        path = job.folder / file
        fetched = fetch(job.fetcher, job.source, job.since, path)
        if fetched.not_modified:
            return Outcome(changed=False, validators=fetched.validators)
        if fetched.content:
            path.write_bytes(fetched.content)
        state_origin(job.source, path)
        report = importer.run(job.engine, path, job.clock, job.progress, feed=feed, force=job.force)
        return Outcome(changed=True, validators=fetched.validators, report=report)

    return Watched(source, update, feed)


def state_origin(source: Source, path: Path) -> None:
    """Say beside the files where they come from, for ``services.importers.base.stated_origin``."""
    origin = {
        "source_name": source.attribution[:200],
        "source_url": source.url,
        "licence": source.licence[:200],
        "sample": False,
    }
    folder = path if path.is_dir() else path.parent
    (folder / "origin.yml").write_text(yaml.safe_dump(origin, allow_unicode=True), encoding="utf-8")
