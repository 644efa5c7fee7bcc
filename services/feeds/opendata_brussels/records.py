"""Reads the records of any data set of an Opendatasoft portal, page after page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from services.feeds.errors import UnexpectedContentError
from services.feeds.http import Fetched, Fetcher
from services.feeds.source import Source

PAGE: Final = 100
#: The portal refuses an offset and a limit that are more than this together.
MOST: Final = 10_000


def pages(fetcher: Fetcher, source: Source) -> Iterator[tuple[Fetched, list[Any]]]:
    """Yield each page's answer and its records.

    Raises FeedError; UnexpectedContentError also where there are fewer records than the portal says, or too many.
    """
    seen = 0
    while True:
        params: dict[str, str | int] = {**source.params(), "limit": PAGE, "offset": seen}
        fetched = fetcher.get(source.address, params={**params}, headers=source.headers(), expect="json")
        total, records = _page(fetched)
        seen += len(records)
        if seen < total and not records:
            raise UnexpectedContentError(f"{fetched.url}: {seen} of {total} records")
        yield fetched, records
        if seen >= total:
            return
        if seen + PAGE > MOST:
            raise UnexpectedContentError(f"{fetched.url}: {total} records are too many for pages; use an export")


def _page(fetched: Fetched) -> tuple[int, list[Any]]:
    content = fetched.json()
    total = content.get("total_count") if isinstance(content, Mapping) else None
    records = content.get("results") if isinstance(content, Mapping) else None
    if not isinstance(total, int) or not isinstance(records, list):
        raise UnexpectedContentError(f"{fetched.url}: no records in the answer")
    return total, records


def point(record: Mapping[str, Any]) -> tuple[float, float]:
    """Return latitude and longitude of a record; ValueError where it has none in or near Belgium."""
    found = record.get("geo_point_2d")
    if not isinstance(found, Mapping):
        raise ValueError("no geo_point_2d")
    lat, lon = found.get("lat"), found.get("lon")
    if not isinstance(lat, int | float) or not isinstance(lon, int | float) or not (49 < lat < 52 and 2 < lon < 7):
        raise ValueError(f"{lat!r}, {lon!r} is not in Belgium")
    return float(lat), float(lon)
