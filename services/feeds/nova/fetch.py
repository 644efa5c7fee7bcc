"""Fetches the layers page by page into a folder, a file a page (``PlanningPermits.0001.json``)."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any, Final

from services.feeds.errors import UnexpectedContentError
from services.feeds.http import Fetched, Fetcher, Validators
from services.feeds.nova.filters import any_of, inquiry_until, query, received_since
from services.feeds.nova.model import LAYERS, Layer
from services.feeds.nova.parse import features
from services.feeds.source import Source, own_source

SOURCE = own_source(__file__)

#: More pages than this are not a register any more.
_MOST_PAGES: Final = 1000


def fetch(fetcher: Fetcher, source: Source, _since: Validators | None, folder: Path) -> Fetched:
    """Write all pages of both layers to the folder, which is replaced only when they are whole.

    Raises FeedError; UnexpectedContentError also where fewer features come than the register says that there are.
    """
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    last: Fetched | None = None
    for layer in LAYERS:
        last = _layer(fetcher, source, layer, part)
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)
    assert last is not None  # noqa: S101 - there are layers
    return Fetched(b"", Validators(), not_modified=False, at=last.at, url=last.url, skew_s=last.skew_s)


def _layer(fetcher: Fetcher, source: Source, layer: Layer, folder: Path) -> Fetched:
    size, seen = int(source.settings["page"]), 0
    for number in range(1, _MOST_PAGES + 1):
        page = fetcher.get(
            source.address,
            params=query(layer, _wanted(source), start=seen, count=size),
            headers=source.headers(),
            expect="json",
        )
        content = page.json()
        count, matched = len(features(content, page.url)), _matched(content)
        (folder / f"{layer}.{number:04}.json").write_bytes(page.content)
        seen += count
        if count == 0 or (matched is not None and seen >= matched) or (matched is None and count < size):
            if matched is not None and seen < matched:
                raise UnexpectedContentError(f"{page.url}: {seen} of {matched} features of {layer}")
            return page
    raise UnexpectedContentError(f"{source.address}: more than {_MOST_PAGES} pages of {layer}")


def _matched(content: dict[str, Any]) -> int | None:
    """Return how many features there are in all, where the register says so (it may say "unknown")."""
    told = content.get("numberMatched", content.get("totalFeatures"))
    return told if isinstance(told, int) and not isinstance(told, bool) else None


def _wanted(source: Source) -> str:
    """Return the filter that leaves old applications out, except those with a later inquiry."""
    first = date.fromisoformat(str(source.settings["since"]))
    return any_of(received_since(first), inquiry_until(first))
