"""``python -m evaluation --model PATH``: measures understanding and answers, and fails below the thresholds."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from evaluation import (
    answers,
    baseline,
    development,
    heldout,
    html_report,
    measures,
    result,
    text_report,
    understanding,
)
from evaluation.answers import Answered
from evaluation.measures import Pair
from evaluation.resolution import Resolver
from evaluation.thresholds import Thresholds

_STATE = Path(__file__).resolve().parents[1] / ".bxl"
#: Wide enough for every table, where no terminal says how wide it is.
_WIDTH = 150


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, report and return the exit code."""
    options = _parser().parse_args(arguments)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH)
    if options.facts:
        development.show(console, options.model, options.gazetteer)
        return 0
    sentences = heldout.load()
    found = understanding.parse(options.model, (sentence.text for sentence in sentences))
    pairs = list(zip(sentences, found, strict=True))
    resolver = Resolver(options.gazetteer)
    findings = result.gather(
        pairs,
        resolver,
        model=options.model.name.removesuffix(".tar.gz"),
        before=baseline.load(),
        answers=[] if options.no_answers else _answers(options.model),
    )
    thresholds = Thresholds.load()
    failures = thresholds.failures(findings)
    text_report.write(console, findings, thresholds, failures)
    if options.verbose:
        _show_wrong(console, pairs, resolver)
    options.report.mkdir(parents=True, exist_ok=True)
    with (options.report / "evaluation-report.txt").open("w", encoding="utf-8") as file:
        text_report.write(Console(file=file, highlight=False, width=_WIDTH), findings, thresholds, failures)
    page = options.report / "evaluation-report.html"
    page.write_text(html_report.render(findings, thresholds, failures), encoding="utf-8")
    console.print(f"The report with its plots: {page}", soft_wrap=True)
    if options.save_baseline:
        baseline.save(findings.cases, findings.model)
        console.print(f"Saved to compare with: {baseline.FILE}", soft_wrap=True)
    return 1 if failures else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="evaluation", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="trained model")
    parser.add_argument(
        "--gazetteer", type=Path, default=_STATE / "gazetteer.json", help="names, as the façade exports them"
    )
    parser.add_argument("--report", type=Path, default=_STATE, help="folder for the report as text and HTML")
    parser.add_argument("--save-baseline", action="store_true", help="keep this run, to compare later ones with it")
    parser.add_argument(
        "--no-answers", action="store_true", help="leave out the whole answers, which need all processes"
    )
    parser.add_argument(
        "--facts", action="store_true", help="show the facts of the development set that are missed, and nothing else"
    )
    parser.add_argument("--verbose", action="store_true", help="show every sentence that was understood wrongly")
    return parser


def _answers(model: Path) -> list[Answered]:
    from tests.conversations.assistant import running  # noqa: PLC0415 - its processes are needed here only

    with tempfile.TemporaryDirectory() as folder, running(model, Path(folder)) as assistant:
        return answers.ask(answers.load(), assistant.conversation)


def _show_wrong(console: Console, pairs: Sequence[Pair], resolver: Resolver) -> None:
    for sentence, found in pairs:
        wrong = []
        if found.intent != sentence.intent:
            wrong.append(f"{sentence.intent} -> {found.intent} {found.confidence:.2f} {found.ranking}")
        if not all(case.held for case in measures.language([(sentence, found)])):
            wrong.append(f"language {found.language}")
        if not all(case.held for case in measures.entities([(sentence, found)], resolver)):
            got = {e["entity"]: e["value"] for e in found.entities}
            wrong.append(f"entities {sentence.entities} -> {got}")
        if wrong:
            console.print(f"{sentence.language} {sentence.text!r}: {'; '.join(wrong)}", markup=False)


if __name__ == "__main__":
    sys.exit(main())
