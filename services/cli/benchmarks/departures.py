"""How long departures take in a city of STIB-MIVB's size: in the service itself, and over HTTP under load.

The service is measured in a process of its own, so that memory is the façade's and not the importer's.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import httpx
import psutil

from kit.clock import BRUSSELS, FixedClock
from services.cli import paths
from services.cli.benchmarks import Row
from services.cli.benchmarks.load import Load, put_on

_NOW: Final = datetime(2026, 11, 23, 8, 15, tzinfo=BRUSSELS)
_ASKED: Final = 800
_MIB: Final = 2**20
_WORKERS: Final = 2
_CONNECTIONS: Final = 16
_RATE: Final = 300
_SECONDS: Final = 10
_START_S: Final = 60


def run() -> list[Row]:
    """Make a city, import it, and ask for departures in it, first in the service and then over HTTP."""
    from services.city.core.database import make_engine  # noqa: PLC0415
    from services.importers.registry import IMPORTERS, upgrade  # noqa: PLC0415 - the measured process does without
    from tools.synthetic_city.gtfs import write_feed  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="bxl-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'city.db'}"
        engine = make_engine(url)
        upgrade(engine)
        IMPORTERS["gtfs"].run(engine, write_feed(Path(folder) / "gtfs.zip"), FixedClock(_NOW))
        engine.dispose()
        command = [sys.executable, "-m", __name__, url]
        done = subprocess.run(command, cwd=paths.ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - ours
        measured: dict[str, Any] = json.loads(done.stdout)
        with _served(url) as (port, server):
            asked = [f"/v1/transport/stops/{stop}/departures" for stop in measured["stops"]]
            asyncio.run(put_on(port, asked, connections=_CONNECTIONS, seconds=_SECONDS))  # warm
            paced = asyncio.run(put_on(port, asked, connections=_CONNECTIONS, seconds=_SECONDS, rate=_RATE))
            most = asyncio.run(put_on(port, asked, connections=_CONNECTIONS, seconds=_SECONDS))
            resident_mib = max(_resident_mib(each) for each in server.children(recursive=True))
    return [
        *(_times(what, measured["times"][what]) for what in measured["times"]),
        Row("resident memory before and after", f"{measured['before']:.0f}, {measured['after']:.0f} MiB", "≤ 600 MiB"),
        Row(f"HTTP, {_RATE} a second, {_WORKERS} workers", _answers(paced), f"{_RATE} a second, none failed"),
        Row(f"HTTP, as many as it can, {_WORKERS} workers", _answers(most)),
        Row("resident memory of a worker, journeys' network included", f"{resident_mib:.0f} MiB", "≤ 600 MiB"),
    ]


def _times(what: str, times_ms: list[float]) -> Row:
    quantiles = statistics.quantiles(times_ms, n=100, method="inclusive")
    measured = f"p50 {quantiles[49]:.1f} ms, p95 {quantiles[94]:.1f} ms, most {max(times_ms):.1f} ms"
    return Row(f"departures, {what}", measured, "p95 ≤ 5 ms")


def _answers(load: Load) -> str:
    if not load.answers_ms:
        return f"none; {load.failed} failed"
    times = f"p50 {load.percentile(50):.1f} ms, p95 {load.percentile(95):.1f} ms"
    return f"{len(load.answers_ms) / load.seconds:.0f} a second, {times}, {load.failed} failed"


@contextmanager
def _served(database_url: str) -> Iterator[tuple[int, psutil.Process]]:
    """Run the façade with its workers on a free port for as long as it is needed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "--factory", "--no-access-log", "--log-level", "warning"]
    command += ["services.city.app:create_app", "--port", str(port), "--workers", str(_WORKERS)]
    environment = {**os.environ, "BXL_CITY_DATABASE_URL": database_url, "BXL_NOW": _NOW.isoformat()}
    with subprocess.Popen(command, cwd=paths.ROOT, env=environment) as process:  # noqa: S603 - ours
        try:
            _wait(f"http://127.0.0.1:{port}/health/ready")
            yield port, psutil.Process(process.pid)
        finally:
            process.terminate()


def _wait(url: str) -> None:
    until = time.monotonic() + _START_S
    with httpx.Client(trust_env=False) as client:
        while True:
            try:
                client.get(url).raise_for_status()
            except httpx.HTTPError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
            else:
                return


def measure(database_url: str) -> dict[str, Any]:
    """Ask for whole answers at many stops: cold (never asked before), again a little later, at any hour, and with real
    time laid over them."""
    from services.city.app import create_app  # noqa: PLC0415 - imported by the measured process only
    from services.city.core.settings import CitySettings  # noqa: PLC0415
    from services.city.transport import repository, service  # noqa: PLC0415
    from services.city.transport.memory import Reading, TransportMemory  # noqa: PLC0415
    from services.cli.benchmarks import passings  # noqa: PLC0415

    app = create_app(CitySettings(database_url=database_url), FixedClock(_NOW))
    before = _resident_mib(psutil.Process())
    sessions, memory = app.state.sessions, app.state.transport
    chance = random.Random(3)  # noqa: S311 - questions, not secrets
    with sessions() as session:
        every = [f"stop:{place.slug}" for place in repository.all_stop_places(session)]
    stops = chance.sample(every, _ASKED)
    hours = [_NOW + timedelta(minutes=chance.randrange(24 * 60)) for _ in stops]

    def times(moments: list[datetime]) -> list[float]:
        found = []
        for stop, at in zip(stops, moments, strict=True):
            begun = time.perf_counter()
            with sessions() as session:
                reading = Reading(session, memory)
                service.board(
                    reading,
                    FixedClock(_NOW),
                    stop,
                    language="fr",
                    line=None,
                    towards=None,
                    mode=None,
                    at=at,
                    limit=10,
                ).model_dump_json()
            found.append(1000 * (time.perf_counter() - begun))
        return found

    measured = {
        "cold": times([_NOW] * _ASKED),
        "warm": times([_NOW + timedelta(minutes=3)] * _ASKED),
        "at any hour of a day": times(hours),
    }
    with sessions() as session:
        passings.put(session, Reading(session, memory), every, _NOW)
        session.commit()
    memory = TransportMemory(app.state.settings)  # as in a process that was just started
    measured["with real time, cold"] = times([_NOW] * _ASKED)
    measured["with real time, warm"] = times([_NOW + timedelta(minutes=1)] * _ASKED)
    return {"times": measured, "stops": stops, "before": before, "after": _resident_mib(psutil.Process())}


def _resident_mib(process: psutil.Process) -> float:
    return float(process.memory_info().rss / _MIB)


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
