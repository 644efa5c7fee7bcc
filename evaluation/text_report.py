"""The report as text, for the terminal and for ``docs/evaluation-report.txt``."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table as RichTable

from evaluation import tables
from evaluation.result import Result
from evaluation.tables import Table
from evaluation.thresholds import Thresholds


def write(console: Console, result: Result, thresholds: Thresholds, failures: Sequence[str]) -> None:
    """Print every table, then what is below its threshold."""
    shown = [
        tables.by_language(result, thresholds),
        tables.by_topic(result),
        tables.by_intent(result),
        tables.confusions(result),
        tables.reliability(result),
        tables.trade_off(result),
    ]
    if result.differences is not None:
        shown.append(tables.differences(result))
    if result.answers:
        shown += [tables.answers(result), tables.wrong_answers(result)]
    for table in shown:
        show(console, table)
    for failure in failures:
        console.print(f"[red]below its threshold:[/red] {failure}")


def show(console: Console, table: Table) -> None:
    """Print one table."""
    drawn = RichTable(*table.head, title=table.title, title_justify="left", box=None)
    for row in table.rows:
        drawn.add_row(*(cell.replace("[", r"\[") for cell in row))
    console.print(drawn)
    console.print()
