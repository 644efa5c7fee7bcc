"""``python -m evaluation.public DIR``: the assistant's intent classifier on public data, beside published figures."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console

from evaluation import public_data, rejection
from evaluation.measures import OUT_OF_SCOPE, Share
from evaluation.public_data import Dataset, Item
from evaluation.rejection import Outcome, Ranked
from evaluation.statistics import wilson
from evaluation.tables import Table
from evaluation.text_report import show

_ROOT = Path(__file__).resolve().parents[1]
_PUBLISHED = Path(__file__).resolve().parent / "published.yml"
_OURS = "this assistant's classifier"
#: Chosen on validation, which has few sentences out of scope, somewhat above what is wanted on test.
_REJECT = 77.0
#: Somewhat above what is wanted on test, too. Validation has thirty times more sentences in scope than out of it, so
#: that this share says more about test than the one above.
_KEEP = 91.5
#: Wide enough for every table, where no terminal says how wide it is.
_WIDTH = 150
_LEVELS = (50, 60, 70, 75, 80, 85, 90)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each dataset of a folder and return the exit code."""
    parser = argparse.ArgumentParser(prog="evaluation.public", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with data_full.json or *.jsonl")
    parser.add_argument(
        "--reject", type=float, default=_REJECT, help="per cent of out of scope to reject on validation"
    )
    options = parser.parse_args(arguments)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH)
    try:
        for dataset in public_data.load(options.folder):
            for table in report(dataset, classify(dataset), options.reject):
                show(console, table)
    except (ValueError, RuntimeError) as error:
        print(f"cannot evaluate: {error}", file=sys.stderr)
        return 1
    return 0


def classify(dataset: Dataset, *, python: Path = _ROOT / ".venv-rasa/bin/python") -> list[tuple[Item, Ranked]]:
    """Train the classifier on a dataset and return what it makes of the rest; RuntimeError where that fails."""
    lines = "".join(json.dumps({"text": i.text, "intent": i.intent, "split": i.split}) + "\n" for i in dataset.items)
    command = [str(python), "-m", "bot", "classify"]
    done = subprocess.run(command, cwd=_ROOT, input=lines, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise RuntimeError(f"the classifier ended with exit code {done.returncode}: {done.stderr[-2000:]}")
    rest = [item for item in dataset.items if item.split != "train"]
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return [(item, _ranked(item, answer)) for item, answer in zip(rest, answers, strict=True)]


def _ranked(item: Item, answer: dict[str, Any]) -> Ranked:
    ranking = answer["ranking"]
    if not ranking:
        return Ranked(item.intent, OUT_OF_SCOPE, -1.0)
    found, confidence = next(each for each in ranking if each[0] != OUT_OF_SCOPE)
    return Ranked(item.intent, found, -1.0 if ranking[0][0] == OUT_OF_SCOPE else confidence)


def report(dataset: Dataset, found: Sequence[tuple[Item, Ranked]], reject: float) -> list[Table]:
    """Return the tables about a dataset: the chosen threshold, the curve, and what others published."""
    test = [ranked for item, ranked in found if item.split == "test"]
    validation = [ranked for item, ranked in found if item.split == "val"]
    plain = rejection.outcome(test, 0.0)
    rows = [_row("none", plain)]
    chosen = as_published = plain
    if any(each.outside for each in validation):
        as_published = rejection.outcome(test, rejection.most_right(validation))
        chosen = rejection.outcome(test, rejection.rejecting(validation, reject))
        keeps = rejection.outcome(test, rejection.keeping(validation, _KEEP))
        rows += [
            _row("most right decisions on validation, as published", as_published),
            _row(f"rejects {reject:g} % on validation", chosen),
            _row(f"keeps {_KEEP:g} % in scope right on validation", keeps),
        ]
    title = f"{dataset.name}: {len(dataset.of('train'))} sentences learnt, {len(test)} tested"
    head = ("threshold", "value", "right in scope", "out of scope rejected")
    tables = [Table(title, head, rows)]
    languages = sorted({item.language for item, _ in found if item.language})
    if len(languages) > 1:
        own = {lang: [r for i, r in found if i.split == "test" and i.language == lang] for lang in languages}
        by_language = [_row(lang, rejection.outcome(ranked, chosen.threshold)) for lang, ranked in own.items()]
        tables.append(Table("by language, at the last threshold", ("language", *head[1:]), by_language))
    if plain.rejected.of:
        tables.append(_curve(test))
    return [*tables, *_published(dataset.name, [("as published", as_published), ("as above", chosen)])]


def _curve(test: Sequence[Ranked]) -> Table:
    rows = []
    for level in _LEVELS:
        at = rejection.outcome(test, rejection.rejecting(test, level))
        rows.append((f"{at.threshold:.3f}", f"{at.right.percent:.1f}", f"{at.rejected.percent:.1f}"))
    return Table("the trade-off on test", ("threshold", "right in scope", "out of scope rejected"), rows)


def _published(name: str, ours: Sequence[tuple[str, Outcome]], file: Path = _PUBLISHED) -> list[Table]:
    tables = []
    for work in yaml.safe_load(file.read_text(encoding="utf-8")):
        if work["data"] != name:
            continue
        figures = len(work["figures"])
        rows = [(each["name"], *(f"{value:.1f}" for value in each["values"])) for each in work["systems"]]
        for how, outcome in ours:
            values = (outcome.right.percent, outcome.rejected.percent)[:figures]
            rows.append((f"{_OURS}, threshold {how}", *(f"{value:.1f}" for value in values)))
        tables.append(Table(f"{work['name']} ({work['source']})", ("system", *work["figures"]), rows))
    return tables


def _row(name: str, found: Outcome) -> tuple[str, ...]:
    return name, f"{found.threshold:.3f}", _share(found.right), _share(found.rejected)


def _share(share: Share) -> str:
    if not share.of:
        return "–"
    low, high = wilson(share.held, share.of)
    return f"{share.percent:.1f} [{low:.1f}–{high:.1f}] {share.of}"


if __name__ == "__main__":
    sys.exit(main())
