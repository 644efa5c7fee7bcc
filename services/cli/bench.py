"""``bxl bench``: how long training, starting and answering take, and how much memory the processes hold."""

from __future__ import annotations

import asyncio
import itertools
import json
import statistics
import subprocess
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from rich.table import Table

from services.cli import paths, prepare
from services.cli.console import console, output
from services.cli.processes import Group
from services.cli.settings import LaunchSettings
from services.cli.up import running

#: What residents ask in the benchmark: each of these needs a look-up in the city façade.
QUESTIONS = (
    "C'est quand les sacs jaunes rue Blaes 20 ?",
    "Hoe laat vertrekt de volgende metro in Merode richting Simonis?",
    "which documents do I need for a terrace permit",
    "Le prochain 81 à Flagey, il est dans combien de temps ?",
    "telefoonnummer gemeente Sint-Gillis",
    "what bags go out tonight at Rue Haute 10",
)
_ALONE = 150
_RESIDENTS = 20
_SECONDS = 15
_PARSED = 300


@dataclass
class Load:
    """Times of answers in milliseconds, and what went wrong."""

    answers_ms: list[float] = field(default_factory=list)
    failed: int = 0
    seconds: float = 0.0

    def percentile(self, percent: int) -> float:
        """Return a percentile of the answers' times."""
        return statistics.quantiles(self.answers_ms, n=100, method="inclusive")[percent - 1]


def run(settings: LaunchSettings) -> None:
    """Measure and print a table; every load is bounded and ends by itself."""
    prepare.sample_city()
    prepare.gazetteer()
    begun = time.monotonic()
    model = prepare.model(again=True)
    trained_s = time.monotonic() - begun
    parse_ms = _parse_times(model)
    asyncio.run(_measure(settings, model, trained_s, parse_ms))


def _parse_times(model: Path) -> list[float]:
    lines = [json.dumps({"text": text}) for text in itertools.islice(itertools.cycle(QUESTIONS), _PARSED)]
    command = [str(paths.PYTHON_RASA), "-m", "bot", "parse", "--model", str(model), "-"]
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        command,
        cwd=paths.ROOT,
        env=prepare.rasa_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None  # noqa: S101 - pipes were asked for
        assert process.stdout is not None  # noqa: S101
        times = []
        for line in lines:
            begun = time.perf_counter()
            process.stdin.write(line + "\n")
            process.stdin.flush()
            process.stdout.readline()
            times.append(1000 * (time.perf_counter() - begun))
        process.stdin.close()
    return times[1:]


async def _measure(settings: LaunchSettings, model: Path, trained_s: float, parse_ms: Sequence[float]) -> None:
    begun = time.monotonic()
    async with running(settings, model) as group:
        started_s = time.monotonic() - begun
        limits = httpx.Limits(max_connections=2 * _RESIDENTS)
        async with httpx.AsyncClient(
            base_url=settings.gateway_url, timeout=30, trust_env=False, limits=limits
        ) as client:
            await _resident(client, turns=len(QUESTIONS), pause_s=0)  # warm
            alone = await _resident(client, turns=_ALONE, pause_s=0)
            together = await _residents(client, pause_s=1)
            saturated = await _residents(client, pause_s=0)
        _print(trained_s, started_s, parse_ms, {"alone": alone, "20 a second": together, "saturated": saturated}, group)


async def _residents(client: httpx.AsyncClient, *, pause_s: float) -> Load:
    begun = time.monotonic()
    until = begun + _SECONDS
    # Residents do not write at the same instant: their pauses start one after the other.
    loads = await asyncio.gather(
        *(
            _resident(client, until=until, pause_s=pause_s, after_s=pause_s * number / _RESIDENTS)
            for number in range(_RESIDENTS)
        )
    )
    return Load(
        answers_ms=[ms for load in loads for ms in load.answers_ms],
        failed=sum(load.failed for load in loads),
        seconds=time.monotonic() - begun,
    )


async def _resident(
    client: httpx.AsyncClient,
    *,
    pause_s: float,
    turns: int | None = None,
    until: float | None = None,
    after_s: float = 0.0,
) -> Load:
    """Ask one question after the other, in a new conversation every ten, as short sessions are."""
    await asyncio.sleep(after_s)
    load = Load()
    begun = time.monotonic()
    path, headers = "", {}
    for turn in itertools.count():
        if (turns is not None and turn >= turns) or (until is not None and time.monotonic() >= until):
            load.seconds = time.monotonic() - begun
            return load
        if turn % 10 == 0:
            opened = (await client.post("/api/v1/conversations", json={})).json()
            path = f"/api/v1/conversations/{opened['id']}/messages"
            headers = {"Authorization": f"Bearer {opened['token']}"}
        sent = {"client_id": str(uuid.uuid4()), "text": QUESTIONS[turn % len(QUESTIONS)]}
        asked = time.perf_counter()
        answer = await client.post(path, json=sent, headers=headers)
        took_s = time.perf_counter() - asked
        if answer.status_code == httpx.codes.OK and any(m.get("source") for m in answer.json()["messages"]):
            load.answers_ms.append(1000 * took_s)
        else:
            load.failed += 1
        await asyncio.sleep(max(0.0, pause_s - took_s))
    raise AssertionError("unreachable")


def _print(trained_s: float, started_s: float, parse_ms: Sequence[float], loads: dict[str, Load], group: Group) -> None:
    table = Table("what", "measured", box=None)
    table.add_row("training", f"{trained_s:.1f} s")
    table.add_row("start of the four processes", f"{started_s:.1f} s")
    quantiles = statistics.quantiles(parse_ms, n=100, method="inclusive")
    table.add_row("parse, p50 / p95", f"{quantiles[49]:.1f} / {quantiles[94]:.1f} ms")
    for name, load in loads.items():
        if load.answers_ms:
            times = f"p50 {load.percentile(50):.1f} ms, p95 {load.percentile(95):.1f} ms"
            rate = f"{len(load.answers_ms) / load.seconds:.0f} a second"
            table.add_row(f"answers with a look-up, {name}", f"{times}, {rate}, {load.failed} failed")
        else:
            table.add_row(f"answers with a look-up, {name}", f"none; {load.failed} failed")
    sizes = group.resident_bytes()
    for name, size in sizes.items():
        table.add_row(f"resident memory, {name}", f"{size / 2**20:.0f} MiB")
    table.add_row("resident memory, all", f"{sum(sizes.values()) / 2**20:.0f} MiB")
    console.print()
    output.print(table)
