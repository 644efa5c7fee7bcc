"""How long training, starting and answering take, and how much memory the processes hold."""

from __future__ import annotations

import asyncio
import itertools
import json
import statistics
import subprocess
import time
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx

from services.cli import paths, prepare
from services.cli.benchmarks import Row
from services.cli.benchmarks.load import Load
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


def run() -> list[Row]:
    """Train, start all processes and ask; return what it took."""
    settings = LaunchSettings()
    prepare.sample_city()
    prepare.gazetteer()
    begun = time.monotonic()
    model = prepare.model(again=True)
    trained_s = time.monotonic() - begun
    parse_ms = _parse_times(model)
    return asyncio.run(_measure(settings, model, trained_s, parse_ms))


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


async def _measure(settings: LaunchSettings, model: Path, trained_s: float, parse_ms: Sequence[float]) -> list[Row]:
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
        loads = {"alone": alone, "20 a second": together, "saturated": saturated}
        return [*_preparing(trained_s, started_s, parse_ms), *_answering(loads), *_memory(group)]


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


def _preparing(trained_s: float, started_s: float, parse_ms: Sequence[float]) -> list[Row]:
    quantiles = statistics.quantiles(parse_ms, n=100, method="inclusive")
    return [
        Row("training", f"{trained_s:.1f} s", "≤ 90 s"),
        Row("start of the four processes", f"{started_s:.1f} s", "≤ 30 s"),
        Row("parse, p50 / p95", f"{quantiles[49]:.1f} / {quantiles[94]:.1f} ms", "p50 ≤ 5 ms"),
    ]


def _answering(loads: dict[str, Load]) -> Iterator[Row]:
    targets = {"alone": "p50 ≤ 20 ms", "20 a second": "p95 ≤ 80 ms"}
    for name, load in loads.items():
        measured = f"none; {load.failed} failed"
        if load.answers_ms:
            rate = f"{len(load.answers_ms) / load.seconds:.0f} a second"
            times = f"p50 {load.percentile(50):.1f} ms, p95 {load.percentile(95):.1f} ms"
            measured = f"{times}, {rate}, {load.failed} failed"
        yield Row(f"answers with a look-up, {name}", measured, targets.get(name, ""))


def _memory(group: Group) -> Iterator[Row]:
    sizes = group.resident_bytes()
    for name, size in sizes.items():
        yield Row(f"resident memory, {name}", f"{size / 2**20:.0f} MiB")
    yield Row("resident memory, all", f"{sum(sizes.values()) / 2**20:.0f} MiB", "≤ 1.5 GiB")
