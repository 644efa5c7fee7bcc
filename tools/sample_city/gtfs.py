"""Write the sample city's transport feed: ``python -m tools.sample_city.gtfs [--out FOLDER]``."""

from __future__ import annotations

import argparse
import csv
import io
from pathlib import Path
from typing import Final

from tools.sample_city.gtfs_facts import load
from tools.sample_city.gtfs_tables import build
from tools.sample_city.gtfs_trips import Row

OUT_DIR: Final = Path(__file__).parents[2] / "data" / "city" / "gtfs"


def render() -> dict[str, str]:
    """Return every file of the feed with its text; the same facts always give the same text."""
    return {f"{name}.txt": _csv(rows) for name, rows in build(load()).items()}


def main(arguments: list[str] | None = None) -> None:
    """Write the feed's files, replacing those that are there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT_DIR, help="folder to write to (default: %(default)s)")
    folder: Path = parser.parse_args(arguments).out
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in render().items():
        (folder / name).write_text(text, encoding="utf-8", newline="")


def _csv(rows: list[Row]) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
