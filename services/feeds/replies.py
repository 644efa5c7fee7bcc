"""What a source answered: its content, how to ask for changes only, and the errors that its status stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Final

import httpx
import orjson

from services.feeds import content as contents
from services.feeds.errors import (
    FeedError,
    FeedLimitedError,
    FeedRefusedError,
    FeedUnavailableError,
    UnexpectedContentError,
)

#: A source that asks for a longer wait than this has its clock wrong or means us ill.
_LONGEST_RETRY_AFTER_S: Final = 86_400.0


@dataclass(frozen=True)
class Validators:
    """What a source gave to recognise its answer by; sent back word for word, so that no clock matters."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """Return the headers that ask for the answer only where it changed."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return {name: value for name, value in pairs if value}


@dataclass(frozen=True)
class Fetched:
    """An answer. ``content`` is empty where it was not modified, or was downloaded to a file."""

    content: bytes
    validators: Validators
    not_modified: bool
    #: When it was here, by our clock.
    at: datetime
    #: Scheme, host and path, without the query.
    url: str
    #: How many seconds the source's clock is ahead of ours, where it tells the time.
    skew_s: float | None = None

    def json(self) -> Any:
        """Return the content read as JSON; UnexpectedContentError where it is none, or ends too early."""
        try:
            return orjson.loads(contents.without_bom(self.content))
        except orjson.JSONDecodeError as error:
            raise UnexpectedContentError(f"{self.url}: not JSON: {error}") from error

    def text(self) -> str:
        """Return the content read as UTF-8; UnexpectedContentError where it is not."""
        try:
            return self.content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UnexpectedContentError(f"{self.url}: not UTF-8 (byte {error.start})") from error


def shown(url: httpx.URL) -> str:
    """Return an address as it may be written down: without user, query and fragment, which may hold a key."""
    return str(url.copy_with(userinfo=b"", query=None, fragment=None))


def validators_of(headers: Mapping[str, str], before: Validators | None) -> Validators:
    """Return what to ask with next time; an answer that is unmodified may leave out what it said before."""
    before = before or Validators()
    return Validators(headers.get("etag") or before.etag, headers.get("last-modified") or before.last_modified)


def header_time(value: str | None) -> datetime | None:
    """Return the instant of a header such as ``Date``; None where there is none or it cannot be read."""
    try:
        found = parsedate_to_datetime(value) if value else None
    except (ValueError, OverflowError):
        return None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def retry_after_s(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds until the source wants to be asked again.

    A time is compared with the source's own clock where it tells it: ours may be wrong, or theirs.
    """
    value = headers.get("retry-after", "").strip()
    if value.isdecimal() and len(value) < 12:
        seconds = float(value)
    else:
        until = header_time(value)
        if until is None:
            return None
        seconds = (until - (header_time(headers.get("date")) or now)).total_seconds()
    return min(max(seconds, 0.0), _LONGEST_RETRY_AFTER_S)


def error_of(response: httpx.Response, now: datetime) -> FeedError | None:
    """Return the error that a status stands for; None for 200 and for 304."""
    status, where = response.status_code, shown(response.url)
    wait = retry_after_s(response.headers, now)
    if status == HTTPStatus.TOO_MANY_REQUESTS or (status == HTTPStatus.FORBIDDEN and wait is not None):
        # Azure's gateway, which STIB-MIVB stands behind, answers 403 with Retry-After where a quota is used up.
        return FeedLimitedError(f"{where}: asked too often ({status})", wait)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        return FeedUnavailableError(f"{where}: the server failed ({status})", wait)
    if status >= HTTPStatus.BAD_REQUEST:
        return FeedRefusedError(f"{where}: refused ({status} {response.reason_phrase})")
    if status not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        return UnexpectedContentError(f"{where}: an answer with the status {status}")
    return None
