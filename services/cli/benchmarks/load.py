"""A bounded load on an HTTP server of this machine: how long answers take, and how many fail."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from services.cli.benchmarks.plain_http import Connection

_OK: Final = 200


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
    async with Connection(plan.port) as connection:
        for number in plan.numbers:
            asked = plan.begun + number / plan.rate if plan.rate else time.perf_counter()
            if max(asked, time.perf_counter()) >= plan.until:
                return
            await asyncio.sleep(max(0.0, asked - time.perf_counter()))
            try:
                status = (await connection.ask(plan.paths[number % len(plan.paths)])).status
            except (OSError, EOFError, TimeoutError):
                status = None
            if status == _OK:
                plan.load.answers_ms.append(1000 * (time.perf_counter() - asked))
            else:
                plan.load.failed += 1
