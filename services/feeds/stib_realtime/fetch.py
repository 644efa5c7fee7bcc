"""Fetches a data set; the key goes along where one is set."""

from __future__ import annotations

from typing import Final

from services.feeds.http import Fetched, Fetcher, Validators
from services.feeds.source import Source, own_source

WAITING_TIMES: Final = own_source(__file__, "waiting_times.yml")
TRAVELLERS_INFORMATION: Final = own_source(__file__, "travellers_information.yml")
VEHICLE_POSITIONS: Final = own_source(__file__, "vehicle_positions.yml")


def fetch(fetcher: Fetcher, source: Source, since: Validators | None = None) -> Fetched:
    """Return the source's answer as it is; raises FeedError."""
    return fetcher.get(source.address, headers=source.headers(), params=source.params(), since=since, expect="json")
