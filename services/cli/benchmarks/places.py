"""How fast and how well places are found at the Region's real size, and what their import and names cost."""

from __future__ import annotations

import multiprocessing
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import psutil
from sqlalchemy.orm import Session

from kit.clock import clock_from_environment
from services.city.core.database import make_engine, make_session_factory
from services.city.core.migrate import upgrade
from services.city.places import indexing, nearby, searching, service, spotting
from services.city.places.index import PlaceIndex
from services.city.places.parameters import KINDS
from services.city.places.searching import Wanted
from services.cli import paths
from services.cli.benchmarks import Row
from services.cli.benchmarks.places_asked import Asked, asked
from services.importers.registry import IMPORTERS, SAMPLE
from tools.synthetic_city import best

_MEGABYTE: Final = 2**20
_SMALL: Final = ("communes", "landmarks", "gtfs")
_Result = TypeVar("_Result")
_Question = TypeVar("_Question")


@dataclass(frozen=True)
class Imported:
    """What an import of the whole Region took."""

    lines: int
    seconds: float
    peak_mb: float
    stored_mb: float


@dataclass(frozen=True)
class Served:
    """What answering took: seconds to make the index, megabytes, milliseconds of each query, shares found."""

    index_s: float
    resident_mb: float
    search_ms: list[float]
    near_ms: list[float]
    spot_ms: list[float]
    odd_ms: list[float]
    right: dict[int, float]


def run() -> list[Row]:
    """Make the address file, import it and ask; the import and the answers each in a process of their own."""
    with tempfile.TemporaryDirectory(prefix="bxl-places-") as folder:
        database, file = Path(folder) / "city.db", Path(folder) / "openaddress.csv"
        lines = best.write(file)
        imported = _alone(_import, database, file, lines)
        served = _alone(_serve, database)
    return [
        Row(
            f"import of {imported.lines:,} addresses",
            f"{imported.seconds:.1f} s, {imported.peak_mb:.0f} MiB at most, {imported.stored_mb:.0f} MiB stored",
            "≤ 60 s",
        ),
        Row("index of names", f"{served.index_s:.1f} s; process then {served.resident_mb:.0f} MiB", "≤ 600 MiB"),
        _times("search, as residents write", served.search_ms, "p95 ≤ 10 ms"),
        _times("places around a point", served.near_ms, ""),
        _times("places in a sentence", served.spot_ms, "p95 ≤ 10 ms"),
        _times("texts made to be slow", served.odd_ms, "each ≤ 50 ms"),
        Row("right street first, exact name", f"{served.right[0]:.2%}", "≥ 99.5 %"),
        Row("right street first, one edit", f"{served.right[1]:.2%}", "≥ 97 %"),
        Row("right street first, two edits", f"{served.right[2]:.2%}", "≥ 90 %"),
    ]


def _alone(work: Callable[..., _Result], *arguments: object) -> _Result:
    """Run a function in a new process, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(work, *arguments).result()


def _import(database: Path, file: Path, lines: int) -> Imported:
    engine = make_engine(f"sqlite:///{database}")
    upgrade(engine)
    clock = clock_from_environment()
    for name in _SMALL:
        IMPORTERS[name].run(engine, paths.SAMPLE_CITY / SAMPLE[name], clock)
    begun = time.perf_counter()
    IMPORTERS["best"].run(engine, file, clock)
    seconds = time.perf_counter() - begun
    engine.dispose()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Imported(lines, seconds, peak_mb, database.stat().st_size / _MEGABYTE)


def _serve(database: Path) -> Served:
    engine = make_engine(f"sqlite:///{database}")
    clock = clock_from_environment()
    with make_session_factory(engine)() as session:
        begun = time.perf_counter()
        index = indexing.current(session)
        index_s = time.perf_counter() - begun
        questions = asked(index)
        for text in questions.odd:
            searching.search(session, index, Wanted(text, KINDS))  # what is read once only is read now
        search_ms = _timed(
            lambda text: service.search(session, clock, Wanted(text, KINDS), limit=10, offset=0), questions.written
        )
        near_ms = _timed(
            lambda point: nearby.nearby(session, index, point, kinds=KINDS, radius_m=2000, most=10), questions.points
        )
        spot_ms = _timed(lambda text: service.spot(session, clock, text, KINDS, "fr"), questions.sentences)
        odd_ms = _timed(lambda text: searching.search(session, index, Wanted(text[:200], KINDS)), questions.odd)
        odd_ms += _timed(lambda text: spotting.spot(session, index, text, KINDS, "fr"), questions.odd)
        right = {edits: _right(session, index, questions, edits) for edits in questions.misspelt}
        resident_mb = psutil.Process().memory_info().rss / _MEGABYTE
    engine.dispose()
    return Served(index_s, resident_mb, search_ms, near_ms, spot_ms, odd_ms, right)


def _right(session: Session, index: PlaceIndex, questions: Asked, edits: int) -> float:
    """Return the share of names for which a street of that name comes first."""
    right = 0
    for name, written in questions.misspelt[edits]:
        first = next(iter(searching.search(session, index, Wanted(written, ("street", "address")))), None)
        right += first is not None and name in (first.place.name_fr, first.place.name_nl)
    return right / len(questions.misspelt[edits])


def _timed(ask: Callable[[_Question], object], questions: Sequence[_Question]) -> list[float]:
    times = []
    for question in questions:
        begun = time.perf_counter()
        ask(question)
        times.append(1000 * (time.perf_counter() - begun))
    return times


def _times(what: str, times_ms: list[float], target: str) -> Row:
    quantiles = statistics.quantiles(times_ms, n=100, method="inclusive")
    measured = f"p50 {quantiles[49]:.1f} ms, p95 {quantiles[94]:.1f} ms, most {max(times_ms):.1f} ms"
    return Row(f"{what} ({len(times_ms):,})", measured, target)
