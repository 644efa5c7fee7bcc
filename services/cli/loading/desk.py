"""``bxl load --desk``: many operators and residents talk at once over the real gateway, each page as it behaves.

A database of its own, on a morning when the call centre is open; the load is bounded and ends by itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Final

import httpx
from rich.table import Table

from services.cli import prepare
from services.cli.benchmarks import Row
from services.cli.console import console, output
from services.cli.loading.desk_accounts import add_operators, environment
from services.cli.loading.operators import Operator
from services.cli.loading.writers import Writer
from services.cli.settings import LaunchSettings
from services.cli.up import running

_OPERATORS: Final = 100
_CHATS: Final = 500
_SECONDS: Final = 60.0
#: How often each operator and each resident writes.
_OPERATOR_EVERY_S: Final = 10.0
_RESIDENT_EVERY_S: Final = 30.0
#: Signing in and asking for a person, at once: they come one after the other in life.
_OPENING: Final = 8
_LAST_S: Final = 10.0
_OPEN_HOURS: Final = "2026-11-24T10:00:00+01:00"
_NO_LIMIT: Final = httpx.Limits(max_connections=None, max_keepalive_connections=None)


def run() -> list[str]:
    """Measure, print a table and return what was not reached."""
    model = prepare.everything()
    with tempfile.TemporaryDirectory(prefix="bxl-load-") as folder:
        database = f"sqlite:///{Path(folder) / 'conversations.db'}"
        logins = asyncio.run(add_operators(database, _OPERATORS))
        told = {**environment(database), "BXL_NOW": _OPEN_HOURS}
        console.print(f"[bold]{_OPERATORS} operators, {_CHATS} conversations[/bold]")
        rows, wrong = asyncio.run(_talk(LaunchSettings(), model, told, logins))
    table = Table("what", "measured", "target", box=None)
    for row in rows:
        table.add_row(row.what, row.measured, row.target)
    output.print(table)
    return wrong


async def _talk(
    settings: LaunchSettings, model: Path, told: dict[str, str], logins: Sequence[str]
) -> tuple[list[Row], list[str]]:
    async with running(settings, model, told), _clients(settings.gateway_url, len(logins)) as clients:
        outside, *browsers = clients
        at_once = asyncio.Semaphore(_OPENING)
        operators = [Operator(browser, login) for browser, login in zip(browsers, logins, strict=True)]
        await asyncio.gather(*(operator.sign_in(at_once) for operator in operators))
        async with contextlib.AsyncExitStack() as pages:
            await asyncio.gather(*(pages.enter_async_context(operator.page()) for operator in operators))
            writers = [Writer(outside, operators[number % _OPERATORS]) for number in range(_CHATS)]
            await asyncio.gather(*(writer.open(at_once) for writer in writers))
            await asyncio.gather(*(pages.enter_async_context(writer.page()) for writer in writers))
            console.print(f"  {len(writers)} conversations are taken, {_SECONDS:.0f} s of talk")
            await asyncio.gather(
                *(each.talk(_SECONDS, _OPERATOR_EVERY_S, number) for number, each in enumerate(operators)),
                *(each.talk(_SECONDS, _RESIDENT_EVERY_S, number) for number, each in enumerate(writers)),
            )
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LAST_S):
                    await asyncio.gather(*(writer.everything_came() for writer in writers))
            for writer in writers:
                await writer.compare()
    return _told(operators, writers)


@contextlib.asynccontextmanager
async def _clients(url: str, operators: int) -> AsyncIterator[list[httpx.AsyncClient]]:
    """Give a client for all residents and one an operator, each with cookies of their own."""
    async with contextlib.AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(
                httpx.AsyncClient(base_url=url, timeout=60, trust_env=False, limits=_NO_LIMIT, follow_redirects=True)
            )
            for _ in range(operators + 1)
        ]


def _told(operators: Sequence[Operator], writers: Sequence[Writer]) -> tuple[list[Row], list[str]]:
    ways_ms = [ms for writer in writers for ms in writer.ways_ms]
    turns_ms = [ms for writer in writers for ms in writer.turns_ms]
    wrong: Counter[str] = Counter()
    for writer in writers:
        wrong.update(writer.wrong)
    for operator in operators:
        wrong.update(operator.wrong)
    sent = sum(len(writer.told) + len(writer.wrote) for writer in writers)
    counts = ", ".join(f"{wrong[what]} {what}" for what in ("lost", "doubled", "out of order", "refused"))
    said = f"{_OPERATORS} operators, {_CHATS} conversations: "
    rows = [
        Row(said + "an operator's words until they are on the page", _percentiles(ways_ms), "p95 ≤ 300 ms"),
        Row("a resident's words until they are taken", _percentiles(turns_ms)),
        Row("messages", f"of {sent} {counts}", "none lost or doubled"),
    ]
    return rows, [f"{count} of {sent} messages {what}" for what, count in wrong.items() if count]


def _percentiles(times_ms: Sequence[float]) -> str:
    found = statistics.quantiles(times_ms, n=100, method="inclusive")
    return f"p50 {found[49]:.0f} ms, p95 {found[94]:.0f} ms, most {max(times_ms):.0f} ms, of {len(times_ms)}"
