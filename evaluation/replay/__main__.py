"""``python -m evaluation.replay --old MODEL --new MODEL [FILE]``: lists what two models understand differently."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from evaluation.costs import Costs
from evaluation.replay import asking, questions, report
from evaluation.replay.comparing import Comparing
from evaluation.replay.report import Replay
from evaluation.resolution import Resolver

_STATE = Path(__file__).resolve().parents[2] / ".bxl"
_WIDTH = 200


def main(arguments: Sequence[str] | None = None) -> int:
    """Replay, report and return the exit code."""
    options = _parser().parse_args(arguments)
    begun = time.monotonic()
    try:
        asked = questions.load(options.file, with_held_out=options.held_out)
        before, after = asking.understood([options.old, options.new], asked)
    except (OSError, ValueError, RuntimeError) as error:
        where = f"{options.file}: " if options.file and not isinstance(error, RuntimeError) else ""
        print(f"cannot replay: {where}{_said(error)}", file=sys.stderr)
        return 1
    found = Replay(
        models=(_name(options.old), _name(options.new)),
        questions=asked,
        before=before,
        changes=Comparing(Costs(), Resolver(options.gazetteer)).changes(asked, before, after),
        seconds=time.monotonic() - begun,
    )
    if options.json:
        print(json.dumps(found.as_json(), ensure_ascii=False))
    else:
        report.write(Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH), found)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="evaluation.replay", description=__doc__)
    parser.add_argument("--old", type=Path, required=True, help="model before")
    parser.add_argument("--new", type=Path, required=True, help="model after")
    parser.add_argument("--gazetteer", type=Path, default=_STATE / "gazetteer.json", help="names of the city")
    parser.add_argument("--held-out", action="store_true", help="the held-out sentences too, without their words")
    parser.add_argument("--json", action="store_true", help="print one JSON object, with every change")
    parser.add_argument("file", type=Path, nargs="?", help='JSON lines {"text", "language"?, "intent"?}')
    return parser


def _said(error: Exception) -> str:
    """Return what people read: the last line where a program of another environment has ended with many."""
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error).strip().splitlines()[-1]


def _name(model: Path) -> str:
    return model.name.removesuffix(".tar.gz")


if __name__ == "__main__":
    sys.exit(main())
