"""Times one import (not the loading of its libraries) and prints what it took, and its most memory, as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable


def report(load: Callable[[str, str], object]) -> None:
    """Call ``load`` with the feed and the database that the command line names."""
    feed, database = sys.argv[1:]
    begun, cpu_begun = time.perf_counter(), time.process_time()
    load(feed, database)
    seconds, cpu_s = time.perf_counter() - begun, time.process_time() - cpu_begun
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write("\n" + json.dumps({"seconds": seconds, "cpu_s": cpu_s, "peak_mib": peak_mib}) + "\n")
