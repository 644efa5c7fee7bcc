"""A source on loopback, and a fetcher that does not wait between tries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from kit.clock import FixedClock
from services.feeds.http import Fetcher
from services.feeds.settings import FetchSettings
from tests.feeds_server import FeedsServer, serving

NOW = datetime.fromisoformat("2026-11-23T08:15:00+01:00")


@pytest.fixture
def server() -> Iterator[FeedsServer]:
    with serving() as server:
        yield server


@pytest.fixture
def waits() -> list[float]:
    """The waits between tries, in seconds."""
    return []


@pytest.fixture
def fetcher(waits: list[float]) -> Iterator[Fetcher]:
    settings = FetchSettings(tries=3, first_wait_s=1, longest_wait_s=20, read_timeout_s=5)
    with Fetcher(FixedClock(NOW), settings, sleep=waits.append) as fetcher:
        yield fetcher
