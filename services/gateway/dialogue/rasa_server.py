"""Where the Rasa server is: at one address, or at the one that a file names, which changes when a model goes live.

The file is the keeper's (``services/publishing/standing.py``). It is looked at before each message, which costs
microseconds; nothing has to be told, and no worker of the gateway is forgotten.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import httpx

log = logging.getLogger(__name__)

#: How many answers are asked for at once. The server makes one at a time and waits for the city in between; asking for
#: more at once makes each of them later and opens a connection for each.
AT_ONCE: Final = 16


class RasaServer:
    """The server that is live now."""

    def __init__(
        self,
        url: str,
        timeout_s: float,
        file: Path | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """``url`` holds as long as ``file`` names no other; ``transport`` carries requests, otherwise the network."""
        self.timeout_s = timeout_s
        self._file = file
        self._transport = transport
        self._looked: tuple[int, int, int] | None = None
        self._url = url
        self._client = self._made(url)
        self._asking: Counter[httpx.AsyncClient] = Counter()
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Its address, looked up now."""
        self._look()
        return self._url

    @property
    def moves(self) -> bool:
        """Whether it may be somewhere else tomorrow."""
        return self._file is not None

    @contextlib.contextmanager
    def asked(self) -> Iterator[httpx.AsyncClient]:
        """Give a client of it; one of a server that was left is closed after its last answer."""
        self._look()
        client = self._client
        self._asking[client] += 1
        try:
            yield client
        finally:
            self._asking[client] -= 1
            self._leave(client)

    async def close(self) -> None:
        """Close every connection."""
        await asyncio.gather(*self._closing)
        for client in {self._client, *self._asking}:
            await client.aclose()

    def _look(self) -> None:
        if self._file is None:
            return
        try:
            found = self._file.stat()
            looked = (found.st_mtime_ns, found.st_ino, found.st_size)
            if looked == self._looked:
                return
            url = json.loads(self._file.read_text(encoding="utf-8"))["url"]
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.error("where the Rasa server is cannot be read, the address before stays: %s", type(error).__name__)
            return
        self._looked = looked
        if not isinstance(url, str) or url == self._url:
            return
        before, self._url, self._client = self._client, url, self._made(url)
        self._leave(before)

    def _leave(self, client: httpx.AsyncClient) -> None:
        """Close a client that is not needed any more."""
        if client is self._client or self._asking[client]:
            return
        del self._asking[client]
        task = asyncio.ensure_future(client.aclose())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    def _made(self, url: str) -> httpx.AsyncClient:
        """Return a client; the address is private, so the proxy settings do not hold for it."""
        # Sanic closes idle connections after 5 s; a connection that is about to be closed must not be used again.
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=2 * AT_ONCE, keepalive_expiry=3)
        timeout = httpx.Timeout(self.timeout_s, connect=min(2.0, self.timeout_s))
        return httpx.AsyncClient(
            base_url=url, timeout=timeout, limits=limits, trust_env=False, transport=self._transport
        )
