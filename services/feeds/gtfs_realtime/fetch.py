"""Fetches a feed; the key goes along where one is set."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml

from services.feeds.http import Fetched, Fetcher, Validators
from services.feeds.source import Source


def _sources(kind: str) -> tuple[Source, ...]:
    """Return the sources of a kind, one an operator, as ``sources.yml`` describes them all."""
    told: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("sources.yml").read_text(encoding="utf-8"))
    of_kind = told["kinds"][kind]
    return tuple(
        Source(
            name=f"{operator['name']}_{of_kind['suffix']}",
            title=f"{operator['title']} {of_kind['title']}",
            url=told["address"].format(feed=operator["feed"], kind=kind),
            licence=told["licence"],
            attribution=f"{operator['title']} – Open Data",
            refresh=of_kind["refresh"],
            quota=of_kind["quota"],
            key={**told["key"], "quota": of_kind["keyed"]},
            quirks=tuple(told["quirks"]),
            settings={"timetable": f"gtfs:{operator['name']}", "language": operator["language"]},
        )
        for operator in told["operators"]
    )


TRIP_UPDATES: Final = _sources("trip-update")
ALERTS: Final = _sources("alert")


def fetch(fetcher: Fetcher, source: Source, since: Validators | None = None) -> Fetched:
    """Return the feed as it is; raises FeedError."""
    return fetcher.get(source.address, headers=source.headers(), params=source.params(), since=since, expect="protobuf")
