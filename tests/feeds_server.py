"""A source on loopback that behaves as the test says: 304, 429, slow, torn, web pages, nothing, packed.

    with serving() as server:
        server.put("/feed.json", Reply(b'{"a": 1}', etag='"1"'))
        fetcher.get(server.url("/feed.json"))

Several replies to one path are given one after the other; the last one stays.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson


@dataclass(frozen=True)
class Reply:
    """What a path answers."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str | None = None
    last_modified: str | None = None
    packed: bool = False  # gzip, where the client takes it
    torn: bool = False  # half of the body, though all of it is announced
    hangs: bool = False  # no answer until the server closes
    drops: bool = False  # closes the connection without an answer

    @classmethod
    def json(cls, content: Any, **options: Any) -> Reply:
        """Return a JSON answer."""
        headers = {"Content-Type": "application/json", **options.pop("headers", {})}
        return cls(orjson.dumps(content), headers=headers, **options)

    @classmethod
    def html(cls, status: int = 200) -> Reply:
        """Return what a portal shows while it is being repaired."""
        page = b"\n<!DOCTYPE html><html><body>Maintenance</body></html>"
        return cls(page, status=status, headers={"Content-Type": "text/html"})

    @classmethod
    def limited(cls, retry_after: str | None = None, status: int = 429) -> Reply:
        """Return the refusal of a source that was asked too often."""
        return cls(b"slow down", status=status, headers={"Retry-After": retry_after} if retry_after else {})


@dataclass(frozen=True)
class Asked:
    """A request that the server got; names of headers are in lower case."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes = b""  # of a POST

    @property
    def form(self) -> dict[str, str]:
        """The body of a POST, read as a form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


class FeedsServer:
    """The replies by path, and the requests that came."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        self.port = 0
        self._replies: dict[str, list[Reply]] = {}
        self._answers: dict[str, Callable[[Asked], Reply]] = {}
        self._lock = threading.Lock()

    def put(self, path: str, *replies: Reply) -> None:
        """Say what a path answers, one reply after the other."""
        with self._lock:
            self._replies[path] = list(replies)

    def answer(self, path: str, answer: Callable[[Asked], Reply]) -> None:
        """Say what a path answers, whatever it is asked."""
        with self._lock:
            self._answers[path] = answer

    def url(self, path: str = "/") -> str:
        """Return the address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def take(self, asked: Asked) -> Reply:
        """Note a request and return what it is answered."""
        with self._lock:
            self.asked.append(asked)
            answer = self._answers.get(asked.path)
            if answer is not None:
                return answer(asked)
            replies = self._replies.get(asked.path) or [Reply(b"nothing here", status=404)]
            return replies.pop(0) if len(replies) > 1 else replies[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    feeds: FeedsServer

    def handle(self) -> None:
        # A client that leaves in the middle is part of the play.
        with suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", 0)))
        asked = Asked(parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)), headers, body)
        reply = self.feeds.take(asked)
        if reply.hangs:
            self.feeds.closing.wait()
        if reply.hangs or reply.drops:
            self.close_connection = True
            return
        known = reply.etag and headers.get("if-none-match") == reply.etag
        known = known or (reply.last_modified and headers.get("if-modified-since") == reply.last_modified)
        self._send(reply, 304 if known else reply.status, b"" if known else reply.body)

    def do_POST(self) -> None:
        self.do_GET()

    def _send(self, reply: Reply, status: int, body: bytes) -> None:
        packed = reply.packed and "gzip" in self.headers.get("Accept-Encoding", "")
        content = gzip.compress(body) if packed and body else body
        self.send_response_only(status)
        # A reply's own ``Date`` is the only one, so that a test can set the source's clock wrong.
        if "Date" not in reply.headers:
            self.send_header("Date", self.date_time_string())
        for name, value in reply.headers.items():
            self.send_header(name, value)
        for name, given in (("ETag", reply.etag), ("Last-Modified", reply.last_modified)):
            if given:
                self.send_header(name, given)
        if packed and body:
            self.send_header("Content-Encoding", "gzip")
        if status != 304:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if reply.torn else content)
        self.close_connection = self.close_connection or reply.torn

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[FeedsServer]:
    """Serve on a free port for the time of the block."""
    feeds = FeedsServer()
    handler = type("Handler", (_Handler,), {"feeds": feeds})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        feeds.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield feeds
        finally:
            feeds.closing.set()
            server.shutdown()
            thread.join()
