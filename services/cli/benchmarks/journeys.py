"""How long journeys across a city of STIB-MIVB's size take in the service itself, and what they hold in memory.

The measuring is done in a process of its own, so that memory is the façade's and not the importer's.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import psutil

from kit.clock import BRUSSELS, FixedClock
from services.cli import paths
from services.cli.benchmarks import Row

_NOW: Final = datetime(2026, 11, 23, 8, 15, tzinfo=BRUSSELS)
_ASKED: Final = 400
_MIB: Final = 2**20


def run() -> list[Row]:
    """Make a city, import it, and ask for journeys in it."""
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
    return [
        Row(
            "network from the database, then one day's window",
            f"{measured['load_s']:.2f} s, {measured['window_s']:.2f} s",
        ),
        *_times(measured),
        Row("nothing found, or refused", f"{measured['failed']} of {_ASKED}"),
        Row("resident memory before and after", f"{measured['before']:.0f}, {measured['after']:.0f} MiB", "≤ 600 MiB"),
    ]


def _times(measured: dict[str, Any]) -> Iterator[Row]:
    for name, target in (("leaving", "p50 ≤ 50 ms, p95 ≤ 150 ms"), ("arriving", "p50 ≤ 50 ms, p95 ≤ 150 ms")):
        quantiles = statistics.quantiles(measured[name], n=100, method="inclusive")
        yield Row(f"journeys, {name}", f"p50 {quantiles[49]:.1f} ms, p95 {quantiles[94]:.1f} ms", target)


def measure(database_url: str) -> dict[str, Any]:
    """Ask as many journeys as the benchmark wants, between stops and points anywhere, at any hour; times are of whole
    answers of up to three ways."""
    from services.city.app import create_app  # noqa: PLC0415 - imported by the measured process only
    from services.city.core.errors import CityError  # noqa: PLC0415
    from services.city.core.settings import CitySettings  # noqa: PLC0415
    from services.city.transport.journeys import service, snapshots  # noqa: PLC0415
    from services.city.transport.journeys.question import Question  # noqa: PLC0415

    app = create_app(CitySettings(database_url=database_url), FixedClock(_NOW))
    before = _resident_mib()
    sessions, clock = app.state.sessions, app.state.clock
    begun = time.perf_counter()
    with sessions() as session:
        snapshot = snapshots.current(session)
    loaded = time.perf_counter()
    snapshot.around(_NOW.date()).try_out()  # compiles, where that was not done before
    compiled = time.perf_counter()
    snapshot.around(_NOW.date() + timedelta(days=1)).try_out()
    window_s = time.perf_counter() - compiled

    rng = random.Random(3)  # noqa: S311 - questions, not secrets
    times: dict[str, list[float]] = {"leaving": [], "arriving": []}
    failed = 0
    stops = snapshot.network.stops
    for number in range(_ASKED):
        name = ("leaving", "arriving")[number % 2]
        at = datetime(2026, 11, 23 + rng.randrange(2), rng.randrange(5, 24), rng.randrange(60), tzinfo=BRUSSELS)
        one, other = (rng.randrange(len(stops.ids)) for _ in range(2))
        origin, destination = (
            f"{stops.lat[stop] + rng.uniform(-2e-3, 2e-3):.6f},{stops.lon[stop] + rng.uniform(-2e-3, 2e-3):.6f}"
            for stop in (one, other)
        )
        asked = {"at": at, "arrive_by": None} if name == "leaving" else {"at": None, "arrive_by": at}
        question = Question(
            origin, destination, via=None, limit=3, max_walk_m=1_000, modes=frozenset(), step_free=False, **asked
        )
        started = time.perf_counter()
        try:
            with sessions() as session:
                service.journeys(session, clock, question).model_dump_json()
        except CityError:
            failed += 1
        times[name].append(1000 * (time.perf_counter() - started))
    return {
        **times,
        "failed": failed,
        "load_s": loaded - begun,
        "window_s": window_s,
        "before": before,
        "after": _resident_mib(),
    }


def _resident_mib() -> float:
    return float(psutil.Process().memory_info().rss / _MIB)


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
