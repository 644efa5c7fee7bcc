"""Fetches the addresses of a region into a file; ``services.feeds.best.reader`` reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from services.feeds.http import Fetched, Fetcher, Validators
from services.feeds.source import Source, own_source

SOURCE: Final = own_source(__file__)


def fetch(fetcher: Fetcher, source: Source, since: Validators | None, path: Path) -> Fetched:
    """Write the zip to a file, which appears only when it is whole. Raises FeedError."""
    return fetcher.download(
        source.address, path, params=source.params(), headers=source.headers(), since=since, expect="zip"
    )
