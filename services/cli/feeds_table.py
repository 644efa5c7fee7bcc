"""The table of ``bxl import --list``: every source and every feed in use, its age and health."""

from __future__ import annotations

from datetime import datetime

from rich.markup import escape
from rich.table import Table
from sqlalchemy.orm import Session

from services.city.core import datasets, feed_states
from services.city.core.feed_health import Health, ago, health
from services.city.core.feed_states import aware
from services.city.models.datasets import Dataset
from services.city.models.feed_states import FeedState

_COLOURS = {"fresh": "green", "late": "yellow", "failing": "red", "never": "red", "off": "dim"}


def table(session: Session, now: datetime) -> Table:
    """Return the sources, then the feeds in use that no source keeps up to date."""
    shown = Table("source", "feed", "age", "valid", "rows", "left out", "health", "why", box=None)
    in_use = {dataset.feed: dataset for dataset in datasets.in_use(session)}
    states = feed_states.every(session)
    for state in states:
        dataset = in_use.get(state.feed or "")
        found = health(state, now, dataset.valid_until if dataset and not dataset.sample else None)
        _add(shown, state, dataset, found, now)
    watched = {state.feed for state in states if state.enabled}
    for feed, dataset in in_use.items():
        if feed not in watched:
            _add(shown, None, dataset, _unwatched(dataset, now), now)
    return shown


def _unwatched(dataset: Dataset, now: datetime) -> Health:
    if dataset.valid_until is not None and dataset.valid_until < now.date():
        return Health("late", f"its data ended on {dataset.valid_until}")
    return Health("off", "sample data" if dataset.sample else "imported by hand")


def _add(shown: Table, state: FeedState | None, dataset: Dataset | None, found: Health, now: datetime) -> None:
    own = dataset if dataset and (state is None or not dataset.sample) else None
    at = aware(own.imported_at if own else state.succeeded_at if state else None)
    last = f"; last error: {state.error}" if state and state.error and found.status in ("fresh", "late") else ""
    colour = _COLOURS[found.status]
    shown.add_row(
        escape(state.source) if state else "",
        escape((own.feed if own else state.feed if state else None) or ""),
        ago(now - at) if at else "-",
        f"{own.valid_from or ''} – {own.valid_until}" if own and own.valid_until else "",
        f"{sum(own.report.get('counts', {}).values()):,}" if own else "",
        str(own.report.get("problem_count", 0)) if own else "",
        f"[{colour}]{found.status}[/{colour}]",
        escape(found.why + last),
    )
