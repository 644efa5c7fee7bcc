"""``bxl import``: feeds into the city database, with what was left out and why."""

from __future__ import annotations

from pathlib import Path

from rich.table import Table
from sqlalchemy import select
from sqlalchemy.orm import Session

from kit.clock import clock_from_environment
from services.city.core.datasets import ImportReport
from services.city.models.datasets import Dataset
from services.cli import prepare
from services.cli.console import CommandError, console, output, step
from services.importers.registry import IMPORTERS, ImportRefusedError

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
    _tell(report)


def sample() -> None:
    """Import the sample city again."""
    prepare.sample_city(again=True)


def show() -> None:
    """Print the feeds in use, their source and age."""
    engine = prepare.city_engine()
    table = Table("feed", "source", "imported", "valid", "rows", "left out", box=None)
    with Session(engine) as session:
        for dataset in session.scalars(select(Dataset).where(Dataset.status == "active").order_by(Dataset.feed)):
            valid = f"{dataset.valid_from or ''} – {dataset.valid_until or ''}" if dataset.valid_until else ""
            rows = sum(dataset.report.get("counts", {}).values())
            table.add_row(
                dataset.feed,
                dataset.source_name,
                f"{dataset.imported_at:%Y-%m-%d %H:%M}",
                valid,
                f"{rows}",
                str(dataset.report.get("problem_count", 0)),
            )
    engine.dispose()
    output.print(table)


def _tell(report: ImportReport) -> None:
    for what, count in report.counts.items():
        console.print(f"    {count:>9,} {what}")
    if report.problems:
        console.print(f"    {len(report.problems):>9,} lines left out:")
    for problem in report.problems[:_SHOWN_PROBLEMS]:
        line = f":{problem['line']}" if problem["line"] else ""
        console.print(f"      {problem['file']}{line}: {problem['reason']}", markup=False)
    if len(report.problems) > _SHOWN_PROBLEMS:
        console.print(f"      … and {len(report.problems) - _SHOWN_PROBLEMS} more")
