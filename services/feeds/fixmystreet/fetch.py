"""Fetches the incidents, page by page, into one document of the same shape."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import orjson

from services.feeds.errors import UnexpectedContentError
from services.feeds.fixmystreet.parse import entries_of
from services.feeds.http import Fetched, Fetcher, Validators
from services.feeds.source import Source, own_source

SOURCE = own_source(__file__)

_PAGE_SIZE: Final = 200
_MOST_PAGES: Final = 25


def fetch(fetcher: Fetcher, source: Source = SOURCE, since: Validators | None = None) -> Fetched:
    """Return all pages as one answer, at most the source's ``most_pages``; raises FeedError.

    ``since`` is not used: that the first page did not change says nothing of the others.
    """
    del since
    size = int(source.settings.get("page_size", _PAGE_SIZE))
    most = int(source.settings.get("most_pages", _MOST_PAGES))
    found: list[Any] = []
    for page in range(most):
        fetched = fetcher.get(source.address, params={"page": page, "size": size}, expect="json")
        content = fetched.json()
        entries = entries_of(content)
        if page == 0 and not entries:
            raise UnexpectedContentError(f"{fetched.url}: no incidents in the answer")
        found += entries
        if not entries or page + 1 >= _pages(content, most):
            break
    document = {"_embedded": {"response": found}}
    return replace(fetched, content=orjson.dumps(document), validators=Validators())


def _pages(content: Any, otherwise: int) -> int:
    """Return how many pages there are, where the source says so."""
    page = content.get("page") if isinstance(content, dict) else None
    total = page.get("totalPages") if isinstance(page, dict) else None
    return total if isinstance(total, int) and not isinstance(total, bool) else otherwise
