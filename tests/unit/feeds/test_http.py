"""What is asked of a source, how often, and what its answers become."""

from __future__ import annotations

import io
import logging
import zipfile
from pathlib import Path

import pytest

from kit.clock import FixedClock
from services.feeds.errors import (
    FeedError,
    FeedLimitedError,
    FeedRefusedError,
    FeedUnavailableError,
    UnexpectedContentError,
)
from services.feeds.http import Fetcher, Validators
from services.feeds.settings import FetchSettings
from tests.feeds_server import FeedsServer, Reply, serving
from tests.unit.feeds.conftest import NOW

MODIFIED = "Mon, 23 Nov 2026 06:00:00 GMT"


def a_zip() -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("stops.txt", "stop_id\n1\n" * 60)
    return memory.getvalue()


def test_an_answer_comes_whole_with_its_validators(server: FeedsServer, fetcher: Fetcher) -> None:
    server.put("/a", Reply.json({"a": 1}, etag='"1"', last_modified=MODIFIED))
    fetched = fetcher.get(server.url("/a"), params={"key": "s3cret"}, headers={"x-key": "s3cret"}, expect="json")
    assert fetched.json() == {"a": 1}
    assert fetched.validators == Validators('"1"', MODIFIED)
    assert (fetched.not_modified, fetched.at, fetched.url) == (False, NOW, server.url("/a"))
    (asked,) = server.asked
    assert asked.query == {"key": "s3cret"}
    assert asked.headers["x-key"] == "s3cret"
    assert "brussels-city-assistant" in asked.headers["user-agent"]


@pytest.mark.parametrize(
    ("reply", "since"),
    [
        pytest.param(Reply(b"{}", etag='"1"'), Validators(etag='"1"'), id="etag"),
        pytest.param(Reply(b"{}", last_modified=MODIFIED), Validators(last_modified=MODIFIED), id="last modified"),
    ],
)
def test_what_is_known_is_not_sent_again(
    server: FeedsServer, fetcher: Fetcher, reply: Reply, since: Validators
) -> None:
    server.put("/a", reply)
    fetched = fetcher.get(server.url("/a"), since=since, expect="json")
    assert fetched.not_modified
    assert fetched.content == b""
    assert fetched.validators == since


def test_a_change_is_sent_with_new_validators(server: FeedsServer, fetcher: Fetcher) -> None:
    server.put("/a", Reply(b"{}", etag='"2"'))
    fetched = fetcher.get(server.url("/a"), since=Validators('"1"', MODIFIED))
    assert (fetched.not_modified, fetched.content, fetched.validators) == (False, b"{}", Validators('"2"'))


def test_a_packed_answer_is_unpacked(server: FeedsServer, fetcher: Fetcher) -> None:
    server.put("/a", Reply.json(["a"] * 1000, packed=True))
    assert fetcher.get(server.url("/a"), expect="json").json() == ["a"] * 1000
    assert "gzip" in server.asked[0].headers["accept-encoding"]


@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(Reply(b"oops", status=500), id="500"),
        pytest.param(Reply(b"oops", status=503), id="503"),
        pytest.param(Reply(b"oops", status=408), id="408"),
        pytest.param(Reply(drops=True), id="dropped"),
        pytest.param(Reply(b"x" * 1000, torn=True), id="torn"),
        pytest.param(Reply(b"no gzip at all", headers={"Content-Encoding": "gzip"}), id="badly packed"),
    ],
)
def test_what_may_pass_is_tried_again(
    server: FeedsServer, fetcher: Fetcher, waits: list[float], failure: Reply
) -> None:
    server.put("/a", failure, failure, Reply(b"{}"))
    assert fetcher.get(server.url("/a"), expect="json").content == b"{}"
    assert len(server.asked) == 3
    assert [1 <= waits[0] <= 2, 2 <= waits[1] <= 3] == [True, True]


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        pytest.param(Reply(b"oops", status=502), FeedUnavailableError, id="502"),
        pytest.param(Reply(drops=True), UnexpectedContentError, id="dropped"),
        pytest.param(Reply(b"x" * 1000, torn=True), UnexpectedContentError, id="torn"),
    ],
)
def test_trying_again_ends(server: FeedsServer, fetcher: Fetcher, reply: Reply, error: type[FeedError]) -> None:
    server.put("/a", reply)
    with pytest.raises(error):
        fetcher.get(server.url("/a"))
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("reply", "seconds"),
    [
        pytest.param(Reply.limited("120"), 120, id="429 in seconds"),
        pytest.param(Reply.limited(), None, id="429 without a time"),
        pytest.param(Reply.limited("soon"), None, id="429 with nonsense"),
        pytest.param(Reply.limited("99999999999"), 86_400, id="429 for ever"),
        pytest.param(Reply.limited("3600", status=403), 3600, id="a quota that is used up"),
        pytest.param(
            Reply(
                b"",
                status=429,
                headers={"Date": "Thu, 01 Jan 2099 00:00:00 GMT", "Retry-After": "Thu, 01 Jan 2099 00:01:00 GMT"},
            ),
            60,
            id="a time by a clock that is wrong",
        ),
    ],
)
def test_a_limit_is_kept_to_and_says_until_when(
    server: FeedsServer, fetcher: Fetcher, reply: Reply, seconds: float | None
) -> None:
    server.put("/a", reply)
    with pytest.raises(FeedLimitedError) as error:
        fetcher.get(server.url("/a"))
    assert error.value.retry_after_s == seconds
    assert len(server.asked) == 1


def test_a_server_that_says_when_it_is_back_is_not_asked_before(server: FeedsServer, fetcher: Fetcher) -> None:
    server.put("/a", Reply(b"", status=503, headers={"Retry-After": "600"}))
    with pytest.raises(FeedUnavailableError) as error:
        fetcher.get(server.url("/a"))
    assert error.value.retry_after_s == 600
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_refusal_is_final(server: FeedsServer, fetcher: Fetcher, status: int) -> None:
    server.put("/a", Reply(b"no", status=status))
    with pytest.raises(FeedRefusedError, match=str(status)):
        fetcher.get(server.url("/a"))
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("reply", "expect", "reason"),
    [
        pytest.param(Reply.html(), "json", "a web page instead of json", id="a web page for JSON"),
        pytest.param(Reply.html(), "csv", "a web page instead of csv", id="a web page for CSV"),
        pytest.param(Reply.html(), "zip", "a web page instead of zip", id="a web page for a zip"),
        pytest.param(Reply.html(), "xml", "a web page instead of xml", id="a web page for XML"),
        pytest.param(Reply(b""), "json", "an empty answer", id="nothing"),
        pytest.param(Reply(b" \r\n"), "csv", "an empty answer", id="blanks"),
        pytest.param(Reply(b"", status=204), "json", "the status 204", id="no content"),
        pytest.param(Reply(b"", status=304), "json", "though nothing was known", id="304 unasked"),
        pytest.param(Reply(b"Error: quota"), "json", "not JSON", id="a sentence for JSON"),
        pytest.param(Reply(b'{"a": 1}'), "zip", "not a zip", id="JSON for a zip"),
        pytest.param(Reply(a_zip()[:-30]), "zip", "half a zip", id="half a zip"),
        pytest.param(Reply(b"a;b\0;c"), "csv", "NUL", id="binary for CSV"),
        pytest.param(Reply(b"a,b"), "xml", "not XML", id="CSV for XML"),
        pytest.param(Reply(b"x" * 2000), "text", "larger than 1,000 bytes", id="too large, announced"),
        pytest.param(Reply(b"x" * 9000, packed=True), "text", "larger than 1,000 bytes", id="too large, unpacked"),
    ],
)
def test_what_was_not_asked_for_is_an_error(
    server: FeedsServer, fetcher: Fetcher, reply: Reply, expect: str, reason: str
) -> None:
    server.put("/a", reply)
    with pytest.raises(UnexpectedContentError, match=reason):
        fetcher.get(server.url("/a"), expect=expect, most_bytes=1000)  # type: ignore[arg-type]
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "body", [pytest.param(b'{"a": [1, 2', id="half"), pytest.param(b'{"a": \xff}', id="not UTF-8")]
)
def test_broken_json_says_where(server: FeedsServer, fetcher: Fetcher, body: bytes) -> None:
    server.put("/a", Reply(body))
    with pytest.raises(UnexpectedContentError, match=r"/a: not JSON: .*"):
        fetcher.get(server.url("/a"), expect="json").json()


def test_a_byte_order_mark_is_no_fault(server: FeedsServer, fetcher: Fetcher) -> None:
    server.put("/a", Reply(b'\xef\xbb\xbf{"a": "\xc3\xa9"}'))
    fetched = fetcher.get(server.url("/a"), expect="json")
    assert fetched.json() == {"a": "é"}
    assert fetched.text() == '{"a": "é"}'


def test_redirects_are_followed(server: FeedsServer, fetcher: Fetcher) -> None:
    server.put("/old", Reply(status=301, headers={"Location": "/new?x=1"}))
    server.put("/new", Reply(b"{}"))
    assert fetcher.get(server.url("/old"), headers={"x-key": "k"}).url == server.url("/new")
    assert server.asked[1].query == {"x": "1"}
    assert server.asked[1].headers["x-key"] == "k"


def test_a_key_does_not_go_to_another_host(server: FeedsServer, fetcher: Fetcher) -> None:
    with serving() as other:
        server.put("/a", Reply(status=302, headers={"Location": other.url("/b")}))
        other.put("/b", Reply(b"{}"))
        headers = {"X-Key": "k", "Authorization": "Bearer k", "Accept": "application/json"}
        fetcher.get(server.url("/a"), headers=headers, params={"key": "k"})
        (asked,) = other.asked
    assert asked.query == {}
    assert {"x-key", "authorization"} & asked.headers.keys() == set()
    assert asked.headers["accept"] == "application/json"


@pytest.mark.parametrize(
    "target", [pytest.param("/a", id="in a circle"), pytest.param("file:///etc/passwd", id="to a file")]
)
def test_redirects_to_nowhere_are_refused(server: FeedsServer, fetcher: Fetcher, target: str) -> None:
    server.put("/a", Reply(status=302, headers={"Location": target}))
    with pytest.raises(FeedRefusedError):
        fetcher.get(server.url("/a"))


def test_a_server_that_hangs_is_left(server: FeedsServer) -> None:
    server.put("/a", Reply(hangs=True))
    settings = FetchSettings(tries=1, read_timeout_s=0.05)
    with Fetcher(FixedClock(NOW), settings) as fetcher, pytest.raises(FeedUnavailableError, match="ReadTimeout"):
        fetcher.get(server.url("/a"))


def test_nobody_there_is_unavailable(fetcher: Fetcher, waits: list[float]) -> None:
    with serving() as gone:
        url = gone.url("/a")
    with pytest.raises(FeedUnavailableError, match="ConnectError"):
        fetcher.get(url)
    assert len(waits) == 2


@pytest.mark.parametrize("url", ["not an address", "http://[", "ftp://127.0.0.1/a", "http://127.0.0.1:99999/a", ""])
def test_no_address_is_an_error_of_ours(fetcher: Fetcher, url: str) -> None:
    with pytest.raises(FeedError):
        fetcher.get(url)


def test_keys_are_in_no_message(server: FeedsServer, fetcher: Fetcher, caplog: pytest.LogCaptureFixture) -> None:
    server.put("/a", Reply(b"oops", status=500))
    address = server.url("/a?token=s3cret").replace("http://", "http://me:s3cret@")
    with caplog.at_level(logging.DEBUG, "services.feeds"), pytest.raises(FeedError) as error:
        fetcher.get(address, params={"key": "s3cret"}, headers={"x-key": "s3cret"})
    assert "s3cret" not in str(error.value) + caplog.text
    assert server.url("/a") in str(error.value)


def test_every_request_is_counted(server: FeedsServer) -> None:
    calls: list[int] = []
    server.put("/a", Reply(status=302, headers={"Location": "/b"}))
    server.put("/b", Reply(status=500), Reply(b"{}"))
    with Fetcher(FixedClock(NOW), before_call=lambda: calls.append(1), sleep=lambda _s: None) as fetcher:
        fetcher.get(server.url("/a"))
    assert len(calls) == len(server.asked) == 4


def test_a_quota_ends_the_tries(server: FeedsServer) -> None:
    def no_more() -> None:
        raise FeedLimitedError("the day's calls are used up")

    with Fetcher(FixedClock(NOW), before_call=no_more) as fetcher, pytest.raises(FeedLimitedError):
        fetcher.get(server.url("/a"))
    assert server.asked == []


def test_the_source_s_clock_is_compared_with_ours(server: FeedsServer, fetcher: Fetcher) -> None:
    server.put("/a", Reply(b"{}", headers={"Date": "Mon, 23 Nov 2026 07:20:00 GMT"}))
    assert fetcher.get(server.url("/a")).skew_s == 300


def test_a_download_appears_whole(server: FeedsServer, fetcher: Fetcher, tmp_path: Path) -> None:
    path = tmp_path / "feed.zip"
    server.put("/a.zip", Reply(a_zip(), torn=True), Reply(a_zip(), etag='"1"'))
    fetched = fetcher.download(server.url("/a.zip"), path, expect="zip")
    assert path.read_bytes() == a_zip()
    assert (fetched.content, fetched.validators.etag) == (b"", '"1"')
    assert fetcher.download(server.url("/a.zip"), path, since=fetched.validators).not_modified
    assert [file.name for file in tmp_path.iterdir()] == ["feed.zip"]


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply.html(), id="a web page"),
        pytest.param(Reply(a_zip(), torn=True), id="torn"),
        pytest.param(Reply(status=404), id="gone"),
        pytest.param(Reply(a_zip()[:-30]), id="half"),
        pytest.param(Reply(a_zip() + b"x" * 9000), id="too large"),
    ],
)
def test_a_failed_download_leaves_the_file_before(
    server: FeedsServer, fetcher: Fetcher, tmp_path: Path, reply: Reply
) -> None:
    path = tmp_path / "feed.zip"
    path.write_bytes(b"before")
    server.put("/a.zip", reply)
    with pytest.raises(FeedError):
        fetcher.download(server.url("/a.zip"), path, expect="zip", most_bytes=9000)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"feed.zip": b"before"}


def test_a_question_may_be_a_form(server: FeedsServer, fetcher: Fetcher, waits: list[float]) -> None:
    server.put("/ask", Reply(b"", status=503), Reply.json({"answer": 42}))
    fetched = fetcher.post(server.url("/ask"), params={"q": "é"}, form={"rue": "Rue de l'Étuve"}, expect="json")
    assert fetched.json() == {"answer": 42}
    assert (server.asked[1].query, server.asked[1].form) == ({"q": "é"}, {"rue": "Rue de l'Étuve"})
    assert len(waits) == 1


def test_a_form_is_not_sent_elsewhere(server: FeedsServer, fetcher: Fetcher) -> None:
    server.put("/ask", Reply(b"", status=307, headers={"Location": "/other"}))
    with pytest.raises(FeedRefusedError, match="sends a form elsewhere"):
        fetcher.post(server.url("/ask"), form={"a": "b"})
    assert [asked.path for asked in server.asked] == ["/ask"]


def test_the_answer_to_a_form_is_checked(server: FeedsServer, fetcher: Fetcher) -> None:
    server.put("/ask", Reply.html())
    with pytest.raises(UnexpectedContentError, match="web page"):
        fetcher.post(server.url("/ask"), expect="json")
