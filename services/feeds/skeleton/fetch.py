"""Fetches the benches; the key goes along where one is set."""

from __future__ import annotations

from services.feeds.http import Fetched, Fetcher, Validators
from services.feeds.source import Source, own_source

SOURCE = own_source(__file__)


def fetch(fetcher: Fetcher, source: Source = SOURCE, since: Validators | None = None) -> Fetched:
    """Return the source's answer as it is; raises FeedError."""
    return fetcher.get(source.address, headers=source.headers(), params=source.params(), since=since, expect="json")
