"""Fetches from outside sources: politely, within limits, and with an error that says what happened.

It asks again only where that may help (network, timeouts, faults of the server, half answers), with growing, jittered
waits. Where a source says when to come back, nothing is tried before: the caller is told (``retry_after_s``). Keys
travel in headers or parameters and appear in no message: of an address, what is written down has no query.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Literal, Self

import httpx
from tenacity import RetryCallState, Retrying, stop_after_attempt, wait_exponential, wait_random

from kit.clock import Clock
from services.feeds import content as contents
from services.feeds.content import Kind
from services.feeds.errors import FeedRefusedError, FeedUnavailableError, UnexpectedContentError
from services.feeds.replies import Fetched, Validators, error_of, header_time, shown, validators_of
from services.feeds.settings import FetchSettings

__all__ = ["Fetched", "Fetcher", "Validators"]

log = logging.getLogger(__name__)
# The client logs every address with its query, in which some sources want their key.
logging.getLogger("httpx").setLevel(logging.WARNING)

MOST_BYTES: Final = 64 * 1024 * 1024
MOST_FILE_BYTES: Final = 2 * 1024 * 1024 * 1024
MOST_REDIRECTS: Final = 5
#: What goes along when a source sends us to another host; the rest may be a key.
_HARMLESS: Final = frozenset({"accept", "accept-language", "if-none-match", "if-modified-since"})

Parameters = Mapping[str, str | int | float | bool]


@dataclass(frozen=True)
class _Question:
    """How a source is asked, and with which form."""

    method: Literal["GET", "POST"]
    form: dict[str, str] | None = None


_GET: Final = _Question("GET")


class _HalfAnswerError(UnexpectedContentError):
    """The connection ended before the answer did: worth another try."""


class Fetcher:
    """Asks sources. Threads may share one; close it, or use it as a context manager.

    ``before_call`` is called before every request that goes out, also those of retries and redirects; it may raise
    FeedLimitedError to keep to a quota. ``on_piece`` is called as an answer comes in; what it raises ends the call.
    """

    def __init__(
        self,
        clock: Clock,
        settings: FetchSettings | None = None,
        *,
        before_call: Callable[[], None] = lambda: None,
        on_piece: Callable[[], None] = lambda: None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock = clock
        self._settings = settings or FetchSettings()
        self._before_call = before_call
        self._on_piece = on_piece
        self._client = httpx.Client(
            headers={"User-Agent": self._settings.user_agent, "Accept-Encoding": "gzip, deflate"},
            timeout=httpx.Timeout(self._settings.read_timeout_s, connect=self._settings.connect_timeout_s),
        )
        self._retrying = Retrying(
            stop=stop_after_attempt(self._settings.tries),
            wait=wait_exponential(self._settings.first_wait_s, self._settings.longest_wait_s)
            + wait_random(0, self._settings.first_wait_s),
            retry=_worth_a_retry,
            sleep=sleep,
            reraise=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._client.close()

    def get(
        self,
        url: str,
        *,
        params: Parameters | None = None,
        headers: Mapping[str, str] | None = None,
        since: Validators | None = None,
        most_bytes: int = MOST_BYTES,
        expect: Kind | None = None,
    ) -> Fetched:
        """Return the answer, whole and in memory.

        With ``since``, a source that has nothing new says so (``not_modified``). Raises FeedError.
        """

        def once() -> Fetched:
            body = bytearray()
            fetched = self._ask(url, body.extend, params=params, headers=headers, since=since, most_bytes=most_bytes)
            if not fetched.not_modified:
                _check(fetched, expect, bytes(body[: contents.HEAD_BYTES]), bytes(body[-contents.TAIL_BYTES :]))
            return replace(fetched, content=bytes(body))

        return self._retrying.copy()(once)

    def post(
        self,
        url: str,
        *,
        params: Parameters | None = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        most_bytes: int = MOST_BYTES,
        expect: Kind | None = None,
    ) -> Fetched:
        """Return the answer of a source that takes its questions by POST, as a form.

        For questions only: it is asked again as GET is. Redirects are refused. Raises FeedError.
        """

        def once() -> Fetched:
            body = bytearray()
            fetched = self._ask(
                url,
                body.extend,
                params=params,
                headers=headers,
                since=None,
                most_bytes=most_bytes,
                question=_Question("POST", dict(form or {})),
            )
            _check(fetched, expect, bytes(body[: contents.HEAD_BYTES]), bytes(body[-contents.TAIL_BYTES :]))
            return replace(fetched, content=bytes(body))

        return self._retrying.copy()(once)

    def download(
        self,
        url: str,
        path: Path,
        *,
        params: Parameters | None = None,
        headers: Mapping[str, str] | None = None,
        since: Validators | None = None,
        most_bytes: int = MOST_FILE_BYTES,
        expect: Kind | None = None,
    ) -> Fetched:
        """Write the answer to a file, which appears, or is replaced, only when it is whole. Raises FeedError."""
        part = path.with_name(path.name + ".part")

        def once() -> Fetched:
            with part.open("wb") as file:
                fetched = self._ask(url, file.write, params=params, headers=headers, since=since, most_bytes=most_bytes)
            if not fetched.not_modified:
                with part.open("rb") as file:
                    head = file.read(contents.HEAD_BYTES)
                    file.seek(max(0, part.stat().st_size - contents.TAIL_BYTES))
                    _check(fetched, expect, head, file.read())
                part.replace(path)
            return fetched

        try:
            return self._retrying.copy()(once)
        finally:
            part.unlink(missing_ok=True)

    def _ask(
        self,
        url: str,
        take: Callable[[bytes], Any],
        *,
        params: Parameters | None,
        headers: Mapping[str, str] | None,
        since: Validators | None,
        most_bytes: int,
        question: _Question = _GET,
    ) -> Fetched:
        """Ask once, following redirects, and hand the body to ``take`` as it comes."""
        sent = {**(headers or {}), **(since.headers() if since else {})}
        try:
            with self._following(url, params, sent, question) as response:
                now = self._clock.now()
                error = error_of(response, now)
                if error is not None:
                    raise error
                not_modified = response.status_code == httpx.codes.NOT_MODIFIED
                if not_modified and not since:
                    raise UnexpectedContentError(f"{shown(response.url)}: not modified, though nothing was known")
                if not not_modified:
                    self._receive(response, most_bytes, take)
                told = header_time(response.headers.get("date"))
                return Fetched(
                    content=b"",
                    validators=validators_of(response.headers, since if not_modified else None),
                    not_modified=not_modified,
                    at=now,
                    url=shown(response.url),
                    skew_s=(told - now).total_seconds() if told else None,
                )
        except httpx.RemoteProtocolError as error:
            raise _HalfAnswerError(f"{_shown(url)}: half an answer ({error})") from error
        except httpx.DecodingError as error:
            raise _HalfAnswerError(f"{_shown(url)}: cannot be unpacked") from error
        except httpx.TransportError as error:
            raise FeedUnavailableError(f"{_shown(url)}: no answer ({type(error).__name__})") from error
        except httpx.InvalidURL as error:
            raise FeedRefusedError(f"{_shown(url)}: not an address") from error

    @contextmanager
    def _following(
        self, url: str, params: Parameters | None, headers: dict[str, str], question: _Question
    ) -> Iterator[httpx.Response]:
        """Open the answer; what may be a key goes to no other host, and https never becomes http."""
        request = self._client.build_request(question.method, url, params=params, data=question.form, headers=headers)
        for _ in range(MOST_REDIRECTS + 1):
            self._before_call()
            response = self._client.send(request, stream=True)
            try:
                if not response.has_redirect_location:
                    yield response
                    return
                before, target = request.url, request.url.join(response.headers["location"])
            finally:
                response.close()
            if question.method != "GET":
                raise FeedRefusedError(f"{shown(before)}: sends a form elsewhere")
            if target.scheme not in ("http", "https") or (before.scheme == "https" and target.scheme == "http"):
                raise FeedRefusedError(f"{shown(before)}: sends us to {target.scheme}")
            if (before.scheme, before.host, before.port) != (target.scheme, target.host, target.port):
                headers = {name: value for name, value in headers.items() if name.lower() in _HARMLESS}
            request = self._client.build_request("GET", target, headers=headers)
        raise FeedRefusedError(f"{_shown(url)}: more than {MOST_REDIRECTS} redirects")

    def _receive(self, response: httpx.Response, most_bytes: int, take: Callable[[bytes], Any]) -> None:
        where, size = shown(response.url), 0
        deadline = time.monotonic() + self._settings.longest_s
        if int(response.headers.get("content-length") or 0) > most_bytes:
            raise UnexpectedContentError(f"{where}: larger than {most_bytes:,} bytes")
        for chunk in response.iter_bytes():
            self._on_piece()
            size += len(chunk)
            if size > most_bytes:
                raise UnexpectedContentError(f"{where}: larger than {most_bytes:,} bytes")
            if time.monotonic() > deadline:
                raise FeedUnavailableError(f"{where}: took longer than {self._settings.longest_s:g} s")
            take(chunk)


def _worth_a_retry(state: RetryCallState) -> bool:
    error = state.outcome.exception() if state.outcome else None
    again = isinstance(error, FeedUnavailableError | _HalfAnswerError) and error.retry_after_s is None
    if again:
        log.info("try %d: %s", state.attempt_number, error)
    return again


def _check(fetched: Fetched, expect: Kind | None, head: bytes, tail: bytes) -> None:
    try:
        contents.check(expect, head, tail)
    except UnexpectedContentError as error:
        raise UnexpectedContentError(f"{fetched.url}: {error}") from error


def _shown(url: str) -> str:
    try:
        return shown(httpx.URL(url))
    except httpx.InvalidURL:
        return "the address"
