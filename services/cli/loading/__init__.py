"""``bxl load``: many residents at once over the gateway, beside the starter bot of ``rasa init`` in the same run.

Every load is bounded and ends by itself.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from rich.table import Table

from services.cli import prepare
from services.cli.benchmarks import Row, widget
from services.cli.console import console, output
from services.cli.loading import overhead, residents, starter
from services.cli.loading.residents import Talk
from services.cli.processes import Group
from services.cli.settings import LaunchSettings
from services.cli.up import running

_MANY: Final = 200
_TURNS: Final = 10
_FEW: Final = 20
_FEW_TURNS: Final = 20
#: How long people read and type between two messages when nobody hurries them.
_PAUSE_S: Final = 10.0
_PAUSED_TURNS: Final = 4
_RATIO: Final = 2.5


def run() -> list[str]:
    """Measure, print a table and return what was not reached."""
    settings = LaunchSettings()
    model = prepare.everything()
    # Known here, so that the Rasa server can be asked without the gateway too.
    secret = os.environ.setdefault("BXL_CHANNEL_SECRET", secrets.token_urlsafe(32))
    console.print(f"[bold]the starter bot of rasa init, {_MANY} residents[/bold]")
    peer = starter.measure(residents=_MANY, turns=_TURNS)
    console.print(f"[bold]the assistant, {_MANY} residents[/bold]")
    paced, calm, many, costs, adds_ms = asyncio.run(_assistant(settings, model, secret))
    visits = widget.visits()
    ratio = many.rate / peer.rate if peer.rate else 0.0
    rows = [
        Row(f"{_FEW} residents, a message a second each", _said(paced), "p95 ≤ 80 ms"),
        Row(f"{_MANY} residents, a message in {_PAUSE_S:.0f} seconds each", _said(calm), ""),
        Row(f"{_MANY} residents at once", _said(many), "p95 ≤ 1.5 s, none lost, doubled or out of order"),
        Row("the starter bot, as many", f"{peer.rate:.0f} a second, p95 {peer.percentile(95):.0f} ms", ""),
        Row("messages a second, ours to the starter's", f"{ratio:.2f}", f"≥ {_RATIO}"),
        Row("processor time of a message, at once", costs, ""),
        Row("what the gateway adds to a turn, p50", f"{adds_ms:.1f} ms", "≤ 5 ms"),
        *widget.rows(visits),
    ]
    table = Table("what", "measured", "target", box=None)
    for row in rows:
        table.add_row(row.what, row.measured, row.target)
    output.print(table)
    return [*paced.wrong, *calm.wrong, *many.wrong, *widget.missed(visits)]


async def _assistant(settings: LaunchSettings, model: Path, secret: str) -> tuple[Talk, Talk, Talk, str, float]:
    async with running(settings, model) as group:
        url = settings.gateway_url
        await residents.talk(url, residents=4, turns=6)  # warm
        paced = await residents.talk(url, residents=_FEW, turns=_FEW_TURNS, every_s=1.0)
        calm = await residents.talk(url, residents=_MANY, turns=_PAUSED_TURNS, every_s=_PAUSE_S)
        before = _processor_s(group)
        many = await residents.talk(url, residents=_MANY, turns=_TURNS)
        costs = _costs(before, _processor_s(group), many.sent)
        adds_ms = await overhead.measure(url, settings.rasa_url, secret)
    return paced, calm, many, costs, adds_ms


def _processor_s(group: Group) -> dict[str, float]:
    return {**group.processor_s(), "the residents": time.process_time()}


def _costs(before: Mapping[str, float], after: Mapping[str, float], messages: int) -> str:
    each_ms = {name: 1000 * (after[name] - before[name]) / messages for name in after}
    parts = ", ".join(f"{name} {ms:.1f}" for name, ms in each_ms.items())
    return f"{sum(each_ms.values()):.1f} ms: {parts}"


def _said(talk: Talk) -> str:
    times = f"p50 {talk.percentile(50):.0f} ms, p95 {talk.percentile(95):.0f} ms, {talk.rate:.0f} a second"
    wrong = f"{talk.lost} lost, {talk.doubled} doubled, {talk.misplaced} out of order, {talk.excused} excused"
    return f"{times}; of {talk.sent} messages {wrong}"
