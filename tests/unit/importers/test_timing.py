"""When a source is asked next."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.feeds.errors import FeedError, FeedLimitedError, FeedRefusedError, FeedUnavailableError
from services.feeds.source import Source
from services.importers import timing

NOW = datetime.fromisoformat("2026-11-23T08:15:00+01:00")


def source(refresh: str, **more: Any) -> Source:
    about = {"title": "S", "url": "http://s.example", "licence": "-", "attribution": "S"}
    return Source.model_validate({"name": "some", **about, "refresh": refresh, **more})


@pytest.mark.parametrize(
    ("refresh", "quota", "seconds"),
    [
        pytest.param("PT20S", None, 20, id="as often as it changes"),
        pytest.param("PT20S", 12_000, 20, id="a quota that is large enough"),
        pytest.param("PT20S", 100, 864, id="a quota that has to last for the day"),
        pytest.param("P1D", 100, 86_400, id="rarer than the quota allows"),
    ],
)
def test_a_source_is_asked_as_often_as_its_quota_lasts(refresh: str, quota: int | None, seconds: int) -> None:
    at = timing.after_success(source(refresh, quota=quota), NOW, jitter=0)
    assert at - NOW == timedelta(seconds=seconds)


def test_jitter_only_delays() -> None:
    assert timing.after_success(source("PT100S"), NOW, jitter=1) - NOW == timedelta(seconds=105)


def test_the_environment_says_how_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BXL_FEEDS_SOME_REFRESH", "PT5M")
    assert timing.interval(source("PT20S")) == timedelta(minutes=5)
    monkeypatch.setenv("BXL_FEEDS_SOME_REFRESH", "now")
    with pytest.raises(ValueError, match="BXL_FEEDS_SOME_REFRESH='now'"):
        timing.interval(source("PT20S"))


@pytest.mark.parametrize(
    ("refresh", "waits"),
    [
        pytest.param("PT20S", [20, 40, 80, 160, 320, 600, 600], id="real time"),
        pytest.param("P1D", [60, 120, 240, 480, 960, 1920, 3600, 3600], id="once a day"),
    ],
)
def test_waits_double_up_to_a_limit(refresh: str, waits: list[int]) -> None:
    error = FeedUnavailableError("no answer")
    found = [timing.after_failure(source(refresh), NOW, 0, n, error) - NOW for n in range(1, len(waits) + 1)]
    assert found == [timedelta(seconds=wait) for wait in waits]


def test_a_thousand_failures_are_no_overflow() -> None:
    assert timing.after_failure(source("P1D"), NOW, 0, 1000, ValueError()) - NOW == timedelta(hours=1)


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        pytest.param(FeedLimitedError("", 3600), 3600, id="limited for longer than the back-off"),
        pytest.param(FeedLimitedError("", 1), 20, id="limited for less"),
        pytest.param(FeedLimitedError(""), 20, id="limited without a time"),
        pytest.param(FeedUnavailableError("", 900), 900, id="away for a while"),
        pytest.param(FeedRefusedError(""), 600, id="what a person has to mend"),
    ],
)
def test_a_source_is_not_asked_before_it_says(error: FeedError, seconds: int) -> None:
    assert timing.after_failure(source("PT20S"), NOW, 0, 1, error) - NOW == timedelta(seconds=seconds)


def test_the_day_of_calls_ends_at_midnight_utc() -> None:
    assert timing.next_day(NOW) == datetime.fromisoformat("2026-11-24T00:00:00+00:00")
    assert timing.next_day(datetime.fromisoformat("2026-11-24T00:30:00+01:00")) == datetime.fromisoformat(
        "2026-11-24T00:00:00+00:00"
    )
