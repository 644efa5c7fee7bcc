"""How long the import of a timetable of STIB-MIVB's size takes and what it holds in memory, beside other programs'.

Every import is a process of its own and the better of two. Programs that take minutes at full size are measured on a
smaller feed, beside ours on the same one.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from services.cli import paths
from services.cli.benchmarks import Row
from services.cli.benchmarks.imports_peers import Cost, Peer, PeerFailedError, cost_of, measured, peers

_SMALLER: Final = 0.05
#: pygtfs reads the older form of this file only, and stops at the other.
_NOT_FOR_ALL: Final = frozenset({"translations.txt"})
_MIB: Final = 2**20


def run() -> list[Row]:
    """Make the feeds, import each, and let the others import the same."""
    from tools.synthetic_city.gtfs import write_feed  # noqa: PLC0415 - not for the process that is measured

    with tempfile.TemporaryDirectory(prefix="bxl-imports-") as name:
        folder = Path(name)
        # In a process of its own: a child's peak of memory begins at what its parent holds.
        whole = folder / "whole.zip"
        measured([sys.executable, "-m", "tools.synthetic_city", "gtfs", str(whole)], cwd=paths.ROOT)
        feeds = {1.0: whole, _SMALLER: write_feed(folder / "smaller.zip", _SMALLER, without=_NOT_FOR_ALL)}
        ours = {scale: _ours(feed, folder) for scale, feed in feeds.items()}
        return [*_our_rows(ours), *(_beside(peer, feeds, ours, folder) for peer in peers())]


def _ours(feed: Path, folder: Path) -> Cost:
    return cost_of([sys.executable, "-m", __name__], feed, folder, cwd=paths.ROOT)


def _our_rows(ours: dict[float, Cost]) -> Iterator[Row]:
    for scale, cost in ours.items():
        yield Row(
            f"import at {scale:.0%} of STIB-MIVB's size",
            f"{_took(cost)}, {cost.stored_bytes / _MIB:.0f} MiB stored",
            "≤ 15 s, ≤ 700 MiB" if scale == 1 else "",
        )


def _beside(peer: Peer, feeds: dict[float, Path], ours: dict[float, Cost], folder: Path) -> Row:
    what = f"{peer.name}, at {peer.scale:.0%}"
    target = "ours ≤ 1.5 times as long" if peer.scale == 1 else "ours ≥ 10 times as fast"
    try:
        theirs = peer.cost(feeds[peer.scale], folder)
    except PeerFailedError as error:
        return Row(what, f"not measured: {error}", target)
    own = ours[peer.scale].seconds
    ratio = (
        f"ours {own / theirs.seconds:.2f} times as long"
        if peer.scale == 1
        else f"ours {theirs.seconds / own:.0f} times as fast"
    )
    return Row(what, f"{_took(theirs)}; {ratio}", target)


def _took(cost: Cost) -> str:
    return f"{cost.seconds:.1f} s ({cost.cpu_s:.1f} of processor), {cost.peak_mib:.0f} MiB at most"


def measure(feed: Path, database: Path) -> dict[str, float]:
    """Import the feed into a new database, with all checks and indexes; the empty tables are made before."""
    import resource  # noqa: PLC0415 - imported by the measured process only, as what follows

    from kit.clock import clock_from_environment  # noqa: PLC0415
    from services.city.core.database import make_engine  # noqa: PLC0415
    from services.city.core.migrate import upgrade  # noqa: PLC0415
    from services.importers.gtfs import GtfsImporter  # noqa: PLC0415

    engine = make_engine(f"sqlite:///{database}")
    upgrade(engine)
    begun, cpu_begun = time.perf_counter(), time.process_time()
    GtfsImporter().run(engine, feed, clock_from_environment())
    seconds, cpu_s = time.perf_counter() - begun, time.process_time() - cpu_begun
    engine.dispose()
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "cpu_s": cpu_s, "peak_mib": peak_mib}


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]))))
