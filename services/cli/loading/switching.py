"""``bxl load --switch``: a model goes live and is taken back while residents send fifty messages a second."""

from __future__ import annotations

import asyncio
import shutil
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.table import Table

from services.cli import prepare
from services.cli.benchmarks import Row
from services.cli.console import CommandError, console, output
from services.cli.keeping import kept
from services.cli.loading import residents
from services.cli.loading.residents import Talk
from services.cli.processes import Group
from services.cli.settings import LaunchSettings
from services.publishing import door, models
from services.publishing.keeper import Asked

#: Residents, each of whom writes once a second.
_RESIDENTS: Final = 50
_CALM_TURNS: Final = 15
_TURNS: Final = 15
_LOOK_S: Final = 0.5
_MIB: Final = 1 << 20


@dataclass
class _Change:
    """One change of the model under load: how it went, how long it took and what the processes held meanwhile."""

    talk: Talk
    took_s: float = 0.0
    most_bytes: int = 0
    refused: str = ""
    step_s: dict[str, float] = field(default_factory=dict)


def run() -> list[str]:
    """Measure, print a table and return what must not happen and did."""
    settings, model = LaunchSettings(), prepare.everything()
    with tempfile.TemporaryDirectory(prefix="bxl-switch-") as folder:
        other = Path(folder) / "models" / "other.tar.gz"
        other.parent.mkdir()
        one = other.with_name(model.name)
        for path in (one, other):
            shutil.copyfile(model, path)
            models.record(path, datetime.now(UTC))
        rows, wrong = asyncio.run(_measure(settings, one, other, Path(folder)))
    table = Table("what", "measured", "target", box=None)
    for row in rows:
        table.add_row(row.what, row.measured, row.target)
    output.print(table)
    return wrong


async def _measure(settings: LaunchSettings, one: Path, other: Path, folder: Path) -> tuple[list[Row], list[str]]:
    environment = {"BXL_GATEWAY_DATABASE_URL": f"sqlite:///{folder / 'conversations.db'}"}
    async with kept(settings, one, environment, folder=folder, trained=one.parent) as group:
        url = settings.gateway_url
        await residents.talk(url, residents=4, turns=6)  # warm
        console.print(f"[bold]{_RESIDENTS} residents, a message a second each[/bold]")
        calm = await residents.talk(url, residents=_RESIDENTS, turns=_CALM_TURNS, every_s=1.0)
        rest_bytes = _resident(group)
        console.print("[bold]a model goes live meanwhile[/bold]")
        published = await _change(url, folder, group, Asked("publish", "load", "", other))
        console.print("[bold]and is taken back[/bold]")
        taken_back = await _change(url, folder, group, Asked("rollback", "load", ""))
        after_bytes = _resident(group)
    most_bytes = max(published.most_bytes, taken_back.most_bytes)
    target = "none lost, doubled, out of order or without an answer"
    rows = [
        Row("without a change", _said(calm), ""),
        Row("while a model goes live", _said(published.talk), target),
        Row("while it is taken back", _said(taken_back.talk), target),
        Row("from asking to the end of the old server", f"{published.took_s:.0f} s, {taken_back.took_s:.0f} s", ""),
        *(Row(f"of which {name}", f"{seconds:.1f} s", "") for name, seconds in published.step_s.items()),
        Row(
            "resident memory before, most and after",
            f"{rest_bytes // _MIB}, {most_bytes // _MIB}, {after_bytes // _MIB} MiB",
            "no more than double, during the change only",
        ),
    ]
    refused = [f"a change was refused: {each.refused}" for each in (published, taken_back) if each.refused]
    return rows, [*calm.wrong, *published.talk.wrong, *taken_back.talk.wrong, *refused]


async def _change(url: str, folder: Path, group: Group, asked: Asked) -> _Change:
    """Let residents write from before the change until after it."""
    found = _Change(Talk())
    watching = asyncio.create_task(_watch(group, found))
    changing = asyncio.create_task(_ask(folder, asked, found))
    begun = time.perf_counter()
    while not changing.done() or not found.talk.sent:
        found.talk.add(await residents.talk(url, residents=_RESIDENTS, turns=_TURNS, every_s=1.0))
    found.talk.seconds = time.perf_counter() - begun
    await changing
    watching.cancel()
    return found


async def _ask(folder: Path, asked: Asked, found: _Change) -> None:
    begun = step_begun = time.perf_counter()
    step = ""
    try:
        async for told in door.ask(folder, asked):
            now = time.perf_counter()
            if step:
                found.step_s[step.removeprefix("step_")] = now - step_begun
            step, step_begun = told.get("step", ""), now
            found.refused = told.get("refused", "")
    except ConnectionError as error:
        raise CommandError("the keeper of the models does not answer.") from error
    found.took_s = time.perf_counter() - begun


async def _watch(group: Group, found: _Change) -> None:
    while True:
        found.most_bytes = max(found.most_bytes, await asyncio.to_thread(_resident, group))
        await asyncio.sleep(_LOOK_S)


def _resident(group: Group) -> int:
    return sum(group.resident_bytes().values())


def _said(talk: Talk) -> str:
    if len(talk.answers_ms) < 2:
        return "nothing was answered"
    times = f"p50 {statistics.median(talk.answers_ms):.0f} ms, p95 {talk.percentile(95):.0f} ms"
    outcome = ", ".join(talk.wrong) or "all answered once, in order"
    return f"{talk.rate:.0f} a second, {times}, most {max(talk.answers_ms):.0f} ms; {talk.sent} sent, {outcome}"
