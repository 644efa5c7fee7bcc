"""The whole façade at the Region's real size in one process: its memory, and how fast it answers over HTTP."""

from __future__ import annotations

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
from pathlib import Path
from typing import Final

import httpx
import psutil

from kit.clock import clock_from_environment
from services.city.core.database import make_engine
from services.cli import paths
from services.cli.benchmarks import Row
from services.importers.registry import IMPORTERS, SAMPLE, upgrade
from tools.synthetic_city import best, gtfs

#: Within the validity of the made-up timetable.
_NOW: Final = "2026-11-23T08:15:00+01:00"
_ASKED: Final = 300
_READY_S: Final = 60
_MIB: Final = 2**20


def run() -> list[Row]:
    """Make a city of the real size, serve it with one process, and ask it for everything in turn."""
    with tempfile.TemporaryDirectory(prefix="bxl-facade-") as folder:
        url = f"sqlite:///{Path(folder) / 'city.db'}"
        _import(url, Path(folder))
        with _served(url) as (client, process):
            before = process.memory_info().rss / _MIB
            times = _asked(client)
            after = process.memory_info().rss / _MIB
    rows = [_times(kind, found) for kind, found in times.items()]
    return [*rows, Row("resident memory, started and used", f"{before:.0f}, {after:.0f} MiB", "≤ 600 MiB")]


def _import(url: str, folder: Path) -> None:
    engine = make_engine(url)
    upgrade(engine)
    clock = clock_from_environment()
    best.write(folder / "openaddress.csv")
    feeds = {name: paths.SAMPLE_CITY / path for name, path in SAMPLE.items()}
    feeds |= {"best": folder / "openaddress.csv", "gtfs": gtfs.write_feed(folder / "gtfs.zip")}
    for name, path in feeds.items():
        IMPORTERS[name].run(engine, path, clock)
    engine.dispose()


@contextmanager
def _served(url: str) -> Iterator[tuple[httpx.Client, psutil.Process]]:
    port = _free_port()
    app = ("-m", "uvicorn", "services.city.app:create_app", "--factory", "--port", str(port), "--log-level", "error")
    environment = {**os.environ, "BXL_CITY_DATABASE_URL": url, "BXL_NOW": _NOW}
    server = subprocess.Popen([sys.executable, *app], cwd=paths.ROOT, env=environment)  # noqa: S603 - our own
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as client:
            _wait(client)
            yield client, psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(client: httpx.Client) -> None:
    until = time.monotonic() + _READY_S
    while True:
        try:
            client.get("/health/ready").raise_for_status()
            return
        except httpx.TransportError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _asked(client: httpx.Client) -> dict[str, list[float]]:
    """Return the milliseconds of each answer by kind; an answer with an error is not counted but raised."""
    rng = random.Random(5)  # noqa: S311 - questions, not secrets
    stops = [
        stop
        for offset in range(0, 1_000, 100)
        for stop in client.get("/v1/transport/stops", params={"limit": 100, "offset": offset}).json()["items"]
    ]
    times: dict[str, list[float]] = {"departures": [], "journeys": [], "place search": []}
    for _ in range(_ASKED):
        one, other = rng.sample(stops, 2)
        questions = {
            "departures": (f"/v1/transport/stops/{one['id']}/departures", {}),
            "journeys": ("/v1/transport/journeys", {"from": one["id"], "to": other["id"]}),
            "place search": ("/v1/places/search", {"q": one["name"]["fr"][:-1]}),
        }
        for kind, (path, parameters) in questions.items():
            begun = time.perf_counter()
            answer = client.get(path, params=parameters)
            took_ms = 1000 * (time.perf_counter() - begun)
            if answer.status_code != httpx.codes.NOT_FOUND:  # no way between two stops is an answer too
                answer.raise_for_status()
            times[kind].append(took_ms)
    return times


def _times(kind: str, found: list[float]) -> Row:
    quantiles = statistics.quantiles(found, n=100, method="inclusive")
    return Row(
        f"{kind}, over HTTP", f"p50 {quantiles[49]:.1f} ms, p95 {quantiles[94]:.1f} ms, most {max(found):.0f} ms"
    )
