"""The feed to copy: what it asks, reads, reports and refuses."""

from __future__ import annotations

from typing import Any

import pytest

from services.feeds.errors import UnexpectedContentError
from services.feeds.http import Fetcher
from services.feeds.skeleton import SOURCE, Bench, fetch, parse
from tests.feeds_server import FeedsServer, Reply

BENCH = {"id": 7, "name": {"fr": "Parc", "nl": "Park"}, "lat": 50.84, "lon": 4.36}


@pytest.fixture(autouse=True)
def address(server: FeedsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BXL_FEEDS_SKELETON_URL", server.url("/benches.json"))


def read(server: FeedsServer, fetcher: Fetcher, content: Any) -> tuple[list[Bench], list[str]]:
    server.put("/benches.json", Reply.json(content))
    problems: list[str] = []
    benches = list(parse(fetch(fetcher), lambda _file, _line, reason: problems.append(reason)))
    return benches, problems


def test_benches_are_read(server: FeedsServer, fetcher: Fetcher) -> None:
    assert read(server, fetcher, {"benches": [BENCH]}) == ([Bench("7", "Parc", "Park", 50.84, 4.36)], [])


def test_the_key_goes_along(server: FeedsServer, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BXL_FEEDS_SKELETON_KEY", "k")
    read(server, fetcher, {"benches": [BENCH]})
    assert server.asked[0].headers["x-benches-key"] == "k"


def test_what_did_not_change_is_not_sent(server: FeedsServer, fetcher: Fetcher) -> None:
    server.put("/benches.json", Reply.json({"benches": [BENCH]}, etag='"1"'))
    assert fetch(fetcher, SOURCE, fetch(fetcher).validators).not_modified


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({"name": {"fr": " "}}, "no name", id="no name"),
        pytest.param({"name": "Parc"}, "AttributeError", id="name is a text"),
        pytest.param({"lat": None}, "TypeError", id="no coordinates"),
        pytest.param({"lat": "nan"}, "not in Belgium", id="nan"),
        pytest.param({"lat": 4.36, "lon": 50.84}, "not in Belgium", id="swapped"),
    ],
)
def test_a_bad_bench_leaves_the_others(
    server: FeedsServer, fetcher: Fetcher, change: dict[str, Any], reason: str
) -> None:
    benches, problems = read(server, fetcher, {"benches": [{**BENCH, **change}, BENCH]})
    assert [bench.id for bench in benches] == ["7"]
    assert reason in problems[0]


@pytest.mark.parametrize("content", [{}, {"benches": []}, {"benches": "none"}, [], [BENCH]], ids=str)
def test_no_benches_is_a_failure(server: FeedsServer, fetcher: Fetcher, content: Any) -> None:
    with pytest.raises(UnexpectedContentError, match="no benches"):
        read(server, fetcher, content)
