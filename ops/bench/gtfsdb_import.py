"""A feed brought into SQLite by gtfsdb."""

from __future__ import annotations

from gtfsdb.api import database_load
from measured import report


def load(feed: str, database: str) -> None:
    """Load the feed with gtfsdb's own indexes and nothing else."""
    database_load(feed, url=f"sqlite:///{database}")


report(load)
