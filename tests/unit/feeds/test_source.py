"""What a ``source.yml`` says, and what it may not say."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from services.feeds.errors import FeedRefusedError
from services.feeds.source import Source, own_source, read_source

TEXT = """
name: somewhere
title: Somewhere's bikes
url: https://bikes.example/feed.json
licence: CC BY 4.0
attribution: Somewhere
refresh: PT30S
quota: 100
key: {env: SOMEWHERE_KEY, header: x-key, quota: 12000, how: ask at bikes.example}
quirks:
  - ids change at night
settings: {system: brussels}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "source.yml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_source_is_read(file: Path) -> None:
    source = read_source(file)
    assert source.refresh == timedelta(seconds=30)
    assert source.quirks == ("ids change at night",)
    assert source.settings == {"system": "brussels"}
    assert own_source(str(file.with_name("fetch.py"))) == source


def test_without_a_key_the_smaller_quota_counts(file: Path) -> None:
    source = read_source(file)
    assert (source.daily_calls, source.headers(), source.params()) == (100, {}, {})


def test_with_a_key_the_larger_quota_counts(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOMEWHERE_KEY", " k ")
    source = read_source(file)
    assert (source.daily_calls, source.headers(), source.params()) == (12_000, {"x-key": "k"}, {})


def test_a_key_may_travel_as_a_parameter(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOMEWHERE_KEY", "k")
    file.write_text(TEXT.replace("header: x-key", "param: apiKey"), encoding="utf-8")
    source = read_source(file)
    assert (source.headers(), source.params()) == ({}, {"apiKey": "k"})


def test_a_required_key_that_is_missing_says_how_to_get_one(file: Path) -> None:
    file.write_text(TEXT.replace("{env:", "{required: true, env:"), encoding="utf-8")
    with pytest.raises(FeedRefusedError, match=r"set SOMEWHERE_KEY \(ask at bikes.example\)"):
        read_source(file).headers()


def test_the_environment_moves_an_address(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_source(file).address == "https://bikes.example/feed.json"
    monkeypatch.setenv("BXL_FEEDS_SOMEWHERE_URL", "http://127.0.0.1:1/feed")
    assert read_source(file).address == "http://127.0.0.1:1/feed"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        pytest.param("title:", "titel:", "titel: Extra inputs", id="misspelt key"),
        pytest.param("PT30S", "PT1S", "refresh: .*5", id="too often"),
        pytest.param("PT30S", "sometimes", "refresh", id="no duration"),
        pytest.param("https://bikes", "ftp://bikes", "url", id="no http"),
        pytest.param("name: somewhere", "name: Some Where", "name", id="name"),
        pytest.param("header: x-key, ", "", "either header or param", id="key that is not sent"),
        pytest.param("quota: 100", "quota: 0", "quota", id="no calls"),
        pytest.param("name: somewhere", "- a", "cannot be read", id="not YAML"),
        pytest.param(TEXT, "- a", "not a mapping", id="a list"),
    ],
)
def test_a_fault_is_named_with_its_file(file: Path, old: str, new: str, reason: str) -> None:
    file.write_text(TEXT.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=rf"source\.yml: .*{reason}"):
        read_source(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"source\.yml: cannot be read"):
        read_source(tmp_path / "source.yml")


FOLDERS = sorted((Path(__file__).parents[3] / "services" / "feeds").glob("*/*source.yml"))


@pytest.mark.parametrize("path", FOLDERS, ids=lambda path: path.parent.name + "/" + path.stem)
def test_the_project_s_own_sources_are_sound(path: Path) -> None:
    assert isinstance(read_source(path), Source)
