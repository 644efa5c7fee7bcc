"""``bxl bench``: what is measured, a module each; ``NAMES`` are run in this order where none is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from rich.table import Table

from services.cli.console import CommandError, console, output

#: Each is a module of this package with a function ``run() -> list[Row]``.
NAMES: Final = ("assistant", "widget", "imports", "departures", "journeys", "places", "facade", "helper", "studio")


@dataclass(frozen=True)
class Row:
    """One thing measured; ``target`` is empty where none is set."""

    what: str
    measured: str
    target: str = ""


def run(names: Sequence[str]) -> None:
    """Run these benchmarks, or all, and print a table of each; every load is bounded and ends by itself."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        raise CommandError(f"there is no benchmark {unknown[0]!r}.", f"There are: {', '.join(NAMES)}")
    for name in names or NAMES:
        console.print(f"[bold]{name}[/bold]")
        measure: Callable[[], list[Row]] = import_module(f"{__name__}.{name}").run
        table = Table("what", "measured", "target", box=None)
        for row in measure():
            table.add_row(row.what, row.measured, row.target)
        output.print(table)
