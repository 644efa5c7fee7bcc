"""Asks and tells one GeoReport v2 server, in its format, with its key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import TracebackType
from typing import Any, Final, Self

import httpx

from kit.clock import Clock
from services.feeds.errors import (
    FeedError,
    FeedLimitedError,
    FeedRefusedError,
    FeedUnavailableError,
    UnexpectedContentError,
)
from services.feeds.open311 import translating, values
from services.feeds.open311.errors import OutcomeUnknownError, ReportRefusedError
from services.feeds.open311.model import Attribute, Endpoint, Format, Receipt, RemoteRequest, RemoteService, Report
from services.feeds.open311.reading import Record, document, records
from services.feeds.replies import error_of, shown
from services.feeds.settings import FetchSettings

_SPECIFICATION: Final = "georeport_v2"
_MOST_BYTES: Final = 16 * 1024 * 1024
_KEPT_HEADERS: Final = ("retry-after", "date", "location", "content-type")
#: A server that does not exist there, or that we never reached, has taken nothing.
_NEVER_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class Open311Client:
    """A server at ``url``, up to and without ``/services``. Close it, or use it as a context manager."""

    def __init__(
        self,
        url: str,
        clock: Clock,
        *,
        form: Format = "json",
        jurisdiction_id: str | None = None,
        api_key: str | None = None,
        language: str | None = None,
        settings: FetchSettings | None = None,
    ) -> None:
        settings = settings or FetchSettings()
        self._url = url.rstrip("/")
        self._clock = clock
        self._form = form
        self._jurisdiction = {"jurisdiction_id": jurisdiction_id} if jurisdiction_id else {}
        self._key = {"api_key": api_key} if api_key else {}
        headers = {"User-Agent": settings.user_agent, **({"Accept-Language": language} if language else {})}
        timeout = httpx.Timeout(settings.read_timeout_s, connect=settings.connect_timeout_s)
        self._client = httpx.Client(headers=headers, timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _e: BaseException | None, _t: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._client.close()

    def services(self) -> list[RemoteService]:
        """Return what the server takes reports of; those without a code are left out. Raises FeedError."""
        return [found for each in self._list("services") if (found := translating.service(each)) is not None]

    def definition(self, service_code: str) -> list[Attribute]:
        """Return the questions of a service, in their order. Raises FeedError."""
        path = f"services/{translating.segment(service_code)}"
        entries = self._get(path)
        if isinstance(entries, list):
            entries = entries[0] if entries else {}
        attributes = entries.get("attributes") if isinstance(entries, Mapping) else None
        listed = [each for each in attributes if isinstance(each, Mapping)] if isinstance(attributes, list) else []
        found = [attribute for each in listed if (attribute := translating.attribute(each)) is not None]
        return sorted(found, key=lambda each: each.order or 0)

    def request(self, request_id: str) -> RemoteRequest | None:
        """Return a report, or None where the server no longer has it. Raises FeedError."""
        try:
            found = self._list(f"requests/{translating.segment(request_id)}")
        except ReportRefusedError as error:
            if error.status in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
                return None
            raise
        return next(
            (each for each in map(translating.request, found) if each is not None and each.id == request_id), None
        )

    def requests(self, service_code: str, start: datetime, end: datetime) -> list[RemoteRequest]:
        """Return the reports of a service that were made between two instants. Raises FeedError."""
        span = {"start_date": start.isoformat(timespec="seconds"), "end_date": end.isoformat(timespec="seconds")}
        found = self._list("requests", {"service_code": service_code, **span})
        return [each for each in map(translating.request, found) if each is not None]

    def id_of(self, token: str) -> str | None:
        """Return the id that a token stands for, or None where there is none yet. Raises FeedError."""
        found = self._list(f"tokens/{translating.segment(token)}")
        return values.text(found[0].get("service_request_id")) if found else None

    def post(self, report: Report, *, key: str) -> Receipt:
        """Tell the server. ``key`` makes a retry safe where it knows ``Idempotency-Key``.

        Raises ReportRefusedError or FeedLimitedError where it has surely not taken it, FeedUnavailableError where it
        was never reached, and OutcomeUnknownError where nobody knows.
        """
        path, fields = (
            f"{self._url}/requests.{self._form}",
            {**self._jurisdiction, **self._key, **translating.fields(report)},
        )
        try:
            request = self._client.build_request("POST", path, data=fields, headers={"Idempotency-Key": key})
            response = self._read(request)
        except _NEVER_SENT as error:
            raise FeedUnavailableError(f"{self._url}: no answer ({type(error).__name__})") from error
        except UnexpectedContentError as error:
            raise OutcomeUnknownError(str(error)) from error
        except httpx.TransportError as error:
            raise OutcomeUnknownError(f"{self._url}: no answer to a report ({type(error).__name__})") from error
        failed = self._error(response)
        if isinstance(failed, FeedLimitedError | ReportRefusedError):
            raise failed
        if failed is not None:
            raise OutcomeUnknownError(str(failed), failed.retry_after_s) from failed
        try:
            found = records(document(response.content, self._form, self._url), self._url)
        except UnexpectedContentError as error:
            raise OutcomeUnknownError(str(error)) from error
        receipt = translating.receipt(found[0]) if found else None
        if receipt is None:
            raise OutcomeUnknownError(f"{self._url}: a report was answered with neither an id nor a token")
        return receipt

    def _list(self, path: str, params: Mapping[str, str] | None = None) -> list[Record]:
        return records(self._get(path, params), f"{self._url}/{path}")

    def _get(self, path: str, params: Mapping[str, str] | None = None) -> Any:
        return self.document(f"{self._url}/{path}.{self._form}", {**self._jurisdiction, **(params or {})})

    def document(self, url: str, params: Mapping[str, str] | None = None) -> Any:
        """Return any document, such as that of discovery. Raises FeedError."""
        try:
            response = self._read(self._client.build_request("GET", url, params=params or {}))
        except httpx.TransportError as error:
            raise FeedUnavailableError(f"{url}: no answer ({type(error).__name__})") from error
        failed = self._error(response)
        if failed is not None:
            raise failed
        return document(response.content, self._form, url)

    def _read(self, request: httpx.Request) -> httpx.Response:
        """Return an answer with its content, of which no more is read than makes sense."""
        response = self._client.send(request, stream=True)
        try:
            content = bytearray()
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > _MOST_BYTES:
                    raise UnexpectedContentError(f"{shown(response.url)}: larger than {_MOST_BYTES:,} bytes")
        except httpx.DecodingError as error:
            raise UnexpectedContentError(f"{shown(response.url)}: cannot be unpacked") from error
        finally:
            response.close()
        # The content is unpacked already, so that what the headers say of it no longer holds.
        headers = {name: value for name, value in response.headers.items() if name in _KEPT_HEADERS}
        return httpx.Response(response.status_code, headers=headers, content=bytes(content), request=request)

    def _error(self, response: httpx.Response) -> FeedError | None:
        """Return the error that an answer stands for; of one that refuses, with the reasons that it gives."""
        if response.is_success:
            return None
        error = error_of(response, self._clock.now())
        if not isinstance(error, FeedRefusedError):
            return error or UnexpectedContentError(f"{shown(response.url)}: status {response.status_code}")
        try:
            found = records(document(response.content, self._form, ""), "")
        except UnexpectedContentError:
            found = []
        said = tuple(text for each in found if (text := values.text(each.get("description"))))
        return ReportRefusedError(str(error), response.status_code, said)


def discover(url: str, clock: Clock, *, settings: FetchSettings | None = None) -> list[Endpoint]:
    """Return the GeoReport v2 endpoints of a discovery document, ``….json`` or ``….xml``. Raises FeedError."""
    form: Format = "json" if url.partition("?")[0].endswith(".json") else "xml"
    with Open311Client(url, clock, form=form, settings=settings) as client:
        found = client.document(url)
    endpoints = found.get("endpoints") if isinstance(found, Mapping) else None
    if not isinstance(endpoints, list):
        raise UnexpectedContentError(f"{url}: no endpoints in it")
    read = [found for each in endpoints if isinstance(each, Mapping) and (found := translating.endpoint(each))]
    return [each for each in read if _SPECIFICATION in (each.specification or _SPECIFICATION).lower()]
