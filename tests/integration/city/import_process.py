"""Imports a timetable in a process of its own, which a test may kill: ``python -m … DATABASE_URL FEED``."""

from __future__ import annotations

import sys
from pathlib import Path

from kit.clock import FixedClock
from services.city.core.database import make_engine
from services.importers.gtfs import GtfsImporter
from tests.integration.city.conftest import NOW


def main() -> None:
    url, feed = sys.argv[1:]
    GtfsImporter().run(make_engine(url), Path(feed), FixedClock(NOW), lambda line: print(line, flush=True))
    print("done", flush=True)


if __name__ == "__main__":
    main()
