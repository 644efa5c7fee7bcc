"""``bxl import``: feeds into the city database, with what was left out and why."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.orm import Session

from kit.clock import clock_from_environment
from services.city.core import datasets
from services.city.core.datasets import ImportReport
from services.cli import feeds_table, prepare
from services.cli.console import CommandError, console, output, step
from services.importers.registry import IMPORTERS, ImportRefusedError
from services.importers.settings import WatchSettings
from services.importers.sources import SOURCES
from services.importers.updating import Updater

_SHOWN_PROBLEMS = 20


def run(source: str, path: Path, *, feed: str | None, force: bool) -> None:
    """Import one feed; raise CommandError, naming file and reason, where it cannot be."""
    importer = IMPORTERS.get(source)
    if importer is None:
        raise CommandError(f"there is no feed of the kind {source!r}.", f"Known kinds: {', '.join(IMPORTERS)}, sample")
    if not path.exists():
        raise CommandError(f"{path} does not exist.")
    engine = prepare.city_engine()
    try:
        with step(f"importing {path.name}"):
            report = importer.run(engine, path, clock_from_environment(), feed=feed, force=force)
    except ImportRefusedError as error:
        raise CommandError(str(error), "The version in use before stays in use.") from error
    finally:
        engine.dispose()
    tell(report)


def sample() -> None:
    """Import the sample city again."""
    prepare.sample_city(again=True)


def show() -> None:
    """Print every source and every feed in use, with its age and health."""
    engine = prepare.city_engine()
    try:
        settings = WatchSettings()
        # Writes the list of sources down, so that those that were never asked are shown too.
        Updater(engine, clock_from_environment(), SOURCES, settings)
        with Session(engine) as session:
            output.print(feeds_table.table(session, clock_from_environment().now()))
    except ValueError as error:
        raise CommandError(str(error)) from error
    finally:
        engine.dispose()


def forget(feed: str) -> None:
    """Remove a feed's data; raise CommandError where there is none of that name."""
    engine = prepare.city_engine()
    with Session(engine) as session, session.begin():
        names = [dataset.feed for dataset in datasets.in_use(session)]
        if feed not in names:
            raise CommandError(f"there is no feed {feed!r}.", f"Feeds: {', '.join(names) or 'none'}")
        datasets.forget(session, feed)
    engine.dispose()
    console.print(f"  [green]✓[/green] {feed} is forgotten")


def tell(report: ImportReport) -> None:
    """Print what an import took and what it left out."""
    for what, count in report.counts.items():
        console.print(f"    {count:>9,} {what}")
    if report.problems:
        console.print(f"    {len(report.problems):>9,} lines left out:")
    for problem in report.problems[:_SHOWN_PROBLEMS]:
        line = f":{problem['line']}" if problem["line"] else ""
        console.print(f"      {problem['file']}{line}: {problem['reason']}", markup=False)
    if len(report.problems) > _SHOWN_PROBLEMS:
        console.print(f"      … and {len(report.problems) - _SHOWN_PROBLEMS} more")
