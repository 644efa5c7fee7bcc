"""Fetches a timetable into a file; ``services.feeds.gtfs`` reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml

from services.feeds.http import Fetched, Fetcher, Validators
from services.feeds.source import Source


def _sources() -> tuple[Source, ...]:
    """Return the sources, one an operator, as ``sources.yml`` describes them all."""
    told: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("sources.yml").read_text(encoding="utf-8"))
    return tuple(
        Source(
            name=operator["name"],
            title=f"{operator['title']} timetable",
            url=told["address"].format(id=operator["id"]),
            licence=told["licence"],
            attribution=f"{operator['title']} – Open Data",
            refresh=told["refresh"],
            quirks=tuple(told["quirks"]),
            settings={"feed": operator["feed"]},
        )
        for operator in told["operators"]
    )


TIMETABLES: Final = _sources()


def fetch(fetcher: Fetcher, source: Source, since: Validators | None, path: Path) -> Fetched:
    """Write the zip to a file, which appears only when it is whole. Raises FeedError."""
    return fetcher.download(
        source.address, path, params=source.params(), headers=source.headers(), since=since, expect="zip"
    )
