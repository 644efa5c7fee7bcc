"""Just enough of an HTTP/1.1 client to put a load on a server of this machine, which it shares the processors with."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final, Self

_LENGTH: Final = b"content-length:"
_OK: Final = range(200, 300)


@dataclass(frozen=True)
class Answer:
    """A status and a body."""

    status: int
    body: bytes

    @property
    def is_success(self) -> bool:
        """Tell whether the server did what it was asked for."""
        return self.status in _OK

    def json(self) -> Any:
        """Return the body's content."""
        return json.loads(self.body)


class Connection:
    """A kept connection on which one question is asked after the other; opened anew where it was closed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def __aenter__(self) -> Self:
        """Open nothing yet."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the connection, if it is open."""
        if self._streams:
            self._streams[1].close()
        self._streams = None

    async def ask(
        self,
        path: str,
        content: Any = None,
        *,
        headers: Mapping[str, str] | None = None,
        timeout_s: float = 10,
    ) -> Answer:
        """POST some content as JSON, or GET without any. Raises OSError, EOFError, TimeoutError."""
        try:
            async with asyncio.timeout(timeout_s):
                reader, writer = self._streams = self._streams or await asyncio.open_connection("127.0.0.1", self._port)
                writer.write(_request(path, content, headers or {}))
                return await _answer(reader)
        except BaseException:
            self.close()
            raise


def _request(path: str, content: Any, headers: Mapping[str, str]) -> bytes:
    body = b"" if content is None else json.dumps(content).encode()
    lines = [f"{'GET' if content is None else 'POST'} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def _answer(reader: asyncio.StreamReader) -> Answer:
    lines = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
    lengths = [line[len(_LENGTH) :] for line in lines if line.lower().startswith(_LENGTH)]
    body = await reader.readexactly(int(lengths[0])) if lengths else b""
    return Answer(int(lines[0].split()[1]), body)
