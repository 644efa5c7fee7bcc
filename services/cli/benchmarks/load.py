"""A bounded load on an HTTP server of this machine: how long answers take, and how many fail.

Speaks just enough HTTP/1.1 to ask and to read an answer: the load shares the machine with what it measures.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

_OK: Final = 200
_TIMEOUT_S: Final = 10
_LENGTH: Final = b"content-length:"


@dataclass
class Load:
    """Times of answers in milliseconds, and what went wrong."""

    answers_ms: list[float] = field(default_factory=list)
    failed: int = 0
    seconds: float = 0.0

    def percentile(self, percent: int) -> float:
        """Return a percentile of the answers' times."""
        return statistics.quantiles(self.answers_ms, n=100, method="inclusive")[percent - 1]


@dataclass(frozen=True)
class _Plan:
    port: int
    paths: Sequence[str]
    begun: float
    until: float
    rate: float | None
    numbers: Iterator[int] = field(default_factory=itertools.count)
    load: Load = field(default_factory=Load)


async def put_on(
    port: int, paths: Sequence[str], *, connections: int, seconds: float, rate: float | None = None
) -> Load:
    """Ask for paths in turn over so many connections; as fast as answers come, or so many a second.

    With a rate, an answer's time counts from when it was to be asked for, so that a server that falls behind shows.
    """
    begun = time.perf_counter()
    plan = _Plan(port, paths, begun, begun + seconds, rate)
    await asyncio.gather(*(_connection(plan) for _ in range(connections)))
    plan.load.seconds = time.perf_counter() - begun
    return plan.load


async def _connection(plan: _Plan) -> None:
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    for number in plan.numbers:
        asked = plan.begun + number / plan.rate if plan.rate else time.perf_counter()
        if max(asked, time.perf_counter()) >= plan.until:
            break
        await asyncio.sleep(max(0.0, asked - time.perf_counter()))
        try:
            streams = streams or await asyncio.open_connection("127.0.0.1", plan.port)
            status = await asyncio.wait_for(_answer(*streams, plan.paths[number % len(plan.paths)]), _TIMEOUT_S)
        except (OSError, EOFError, TimeoutError):
            if streams:
                streams[1].close()
            streams, status = None, None
        if status == _OK:
            plan.load.answers_ms.append(1000 * (time.perf_counter() - asked))
        else:
            plan.load.failed += 1
    if streams:
        streams[1].close()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> int:
    """Ask for a path and read the whole answer; return its status."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).lower().split(b"\r\n")
    length = next(int(line.removeprefix(_LENGTH)) for line in head if line.startswith(_LENGTH))
    await reader.readexactly(length)
    return int(head[0].split()[1])
