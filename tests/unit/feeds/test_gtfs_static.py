"""Sources that are one zip - timetables, addresses - written to a file when it is whole."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from services.feeds import best, gtfs_static
from services.feeds.errors import FeedError
from services.feeds.http import Fetcher
from services.feeds.source import Source
from services.importers.sources import SOURCES
from tests.feeds_server import FeedsServer, Reply

FETCHES = {best.SOURCE.name: best.fetch} | {each.name: gtfs_static.fetch for each in gtfs_static.TIMETABLES}


def packed() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("stops.txt", "stop_id\n" * 100)
    return file.getvalue()


@pytest.fixture(params=FETCHES)
def source(request: pytest.FixtureRequest, server: FeedsServer, monkeypatch: pytest.MonkeyPatch) -> Source:
    monkeypatch.setenv(f"BXL_FEEDS_{request.param.upper()}_URL", server.url("/feed"))
    return SOURCES[request.param].source


def test_the_file_is_written_once_and_asked_for_again_only_where_it_changed(
    source: Source, server: FeedsServer, fetcher: Fetcher, tmp_path: Path
) -> None:
    path, content = tmp_path / "feed.zip", packed()
    server.put("/feed", Reply(content, etag='"1"'))
    fetch = FETCHES[source.name]
    first = fetch(fetcher, source, None, path)
    assert (first.not_modified, path.read_bytes()) == (False, content)
    assert fetch(fetcher, source, first.validators, path).not_modified
    assert [file.name for file in tmp_path.iterdir()] == ["feed.zip"]


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply.html(), id="a web page"),
        pytest.param(Reply(), id="nothing"),
        pytest.param(Reply(packed()[:-30]), id="half a zip"),
        pytest.param(Reply(packed(), torn=True), id="torn"),
        pytest.param(Reply(status=404), id="gone"),
        pytest.param(Reply(status=503), id="down"),
        pytest.param(Reply.limited("60"), id="asked too often"),
    ],
)
def test_what_is_not_whole_leaves_the_file_before(
    source: Source, server: FeedsServer, fetcher: Fetcher, tmp_path: Path, reply: Reply
) -> None:
    path = tmp_path / "feed.zip"
    path.write_bytes(b"before")
    server.put("/feed", reply)
    with pytest.raises(FeedError):
        FETCHES[source.name](fetcher, source, None, path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"feed.zip": b"before"}


def test_each_operator_has_its_own_address_and_data_set() -> None:
    assert len({each.url for each in gtfs_static.TIMETABLES}) == len(gtfs_static.TIMETABLES)
    assert [SOURCES[each.name].feed for each in gtfs_static.TIMETABLES] == [
        "gtfs",
        "gtfs:delijn",
        "gtfs:tec",
        "gtfs:sncb",
    ]


def test_real_time_names_timetables_that_there_are() -> None:
    named = {each.source.settings.get("timetable") for each in SOURCES.values()} - {None}
    assert named == {each.settings["feed"] for each in gtfs_static.TIMETABLES}
