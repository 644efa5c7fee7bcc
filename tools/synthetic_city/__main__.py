"""Makes data of the Region's size for benchmarks: ``python -m tools.synthetic_city gtfs OUT.zip [--scale 0.1]``."""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.synthetic_city.best import write as write_addresses
from tools.synthetic_city.gtfs import write_feed


def main(arguments: list[str] | None = None) -> None:
    """Write what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tools.synthetic_city", description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    gtfs = kinds.add_parser("gtfs", help="a timetable in GTFS")
    gtfs.add_argument("out", type=Path, help="zip to write, or folder where the name does not end in .zip")
    gtfs.add_argument("--scale", type=float, default=1.0, help="share of STIB-MIVB's size (default: %(default)s)")
    gtfs.add_argument("--seed", type=int, default=1_000, help="another number, another city")
    best = kinds.add_parser("best", help="streets and addresses in BeSt Address' CSV")
    best.add_argument("out", type=Path, help="file to write")
    best.add_argument("--scale", type=float, default=1.0, help="share of the Region's size (default: %(default)s)")
    asked = parser.parse_args(arguments)
    if asked.kind == "gtfs":
        write_feed(asked.out, asked.scale, seed=asked.seed)
    else:
        write_addresses(asked.out, asked.scale)


if __name__ == "__main__":
    main()
