"""A feed brought into SQLite by pygtfs."""

from __future__ import annotations

import pygtfs
from measured import report


def load(feed: str, database: str) -> None:
    """Append the feed to a new schedule."""
    pygtfs.append_feed(pygtfs.Schedule(database), feed)


report(load)
