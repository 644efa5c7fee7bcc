"""``python -m evaluation --model PATH``: prints the measures by language and fails below the thresholds."""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path

from rich.console import Console
from rich.table import Table

from evaluation import heldout, measures, understanding
from evaluation.measures import Pair
from evaluation.resolution import Resolver
from kit.languages import LANGUAGES

_HERE = Path(__file__).resolve().parent
_GAZETTEER = _HERE.parent / ".bxl" / "gazetteer.json"


def main() -> int:
    """Measure, print and return the exit code."""
    parser = argparse.ArgumentParser(prog="evaluation", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="trained model")
    parser.add_argument("--gazetteer", type=Path, default=_GAZETTEER, help="names, as the façade exports them")
    parser.add_argument("--verbose", action="store_true", help="show every sentence that was understood wrongly")
    arguments = parser.parse_args()

    sentences = heldout.load()
    found = understanding.parse(arguments.model, (sentence.text for sentence in sentences))
    pairs = list(zip(sentences, found, strict=True))
    resolver = Resolver(arguments.gazetteer)
    console = Console(highlight=False)
    console.print(_by_language(pairs, resolver))
    console.print(_by_intent(pairs))
    console.print(_confusions(pairs))
    if arguments.verbose:
        _show_wrong(console, pairs, resolver)
    failures = _below_thresholds(pairs, resolver)
    for failure in failures:
        console.print(f"[red]below its threshold:[/red] {failure}")
    return 1 if failures else 0


def _measure(pairs: list[Pair], resolver: Resolver) -> dict[str, measures.Share]:
    return {
        "intent": measures.intent(pairs),
        "intent_in_two": measures.intent_in_two(pairs),
        "out_of_scope": measures.out_of_scope(pairs),
        "harm": measures.harm(pairs),
        "language": measures.language(pairs),
        "entities": measures.entities(pairs, resolver),
    }


def _of(pairs: list[Pair], language: str) -> list[Pair]:
    return [pair for pair in pairs if pair[0].language == language]


def _by_language(pairs: list[Pair], resolver: Resolver) -> Table:
    table = Table("measure, %", *LANGUAGES, "all", title=f"{len(pairs)} held-out sentences", box=None)
    columns = [_measure(_of(pairs, language), resolver) for language in LANGUAGES] + [_measure(pairs, resolver)]
    for name in columns[0]:
        table.add_row(name, *(f"{column[name].percent:.1f} ({column[name].of})" for column in columns))
    table.add_row("balance, points", *[""] * len(LANGUAGES), f"{measures.balance(pairs):.1f}")
    return table


def _by_intent(pairs: list[Pair]) -> Table:
    table = Table("intent recall, %", *LANGUAGES, box=None)
    for name in sorted({sentence.intent for sentence, _ in pairs}):
        row = []
        for language in LANGUAGES:
            own = [f.intent == s.intent for s, f in _of(pairs, language) if s.intent == name]
            row.append(f"{100 * sum(own) / len(own):.0f} ({len(own)})" if own else "–")
        table.add_row(name, *row)
    return table


def _confusions(pairs: list[Pair]) -> Table:
    table = Table("wanted", "understood", "times", title="most frequent confusions", box=None)
    for (wanted, found), times in measures.confusions(pairs):
        table.add_row(wanted, found, str(times))
    return table


def _show_wrong(console: Console, pairs: list[Pair], resolver: Resolver) -> None:
    for sentence, found in pairs:
        wrong = []
        if found.intent != sentence.intent:
            wrong.append(f"{sentence.intent} -> {found.intent} {found.confidence:.2f} {found.ranking}")
        if (
            measures.language([(sentence, found)]).held == 0
            and len(sentence.text.split()) >= measures.LANGUAGE_MIN_WORDS
        ):
            wrong.append(f"language {found.language}")
        if measures.entities([(sentence, found)], resolver).percent < 100:
            got = {e["entity"]: e["value"] for e in found.entities}
            wrong.append(f"entities {sentence.entities} -> {got}")
        if wrong:
            console.print(f"{sentence.language} {sentence.text!r}: {'; '.join(wrong)}", markup=False)


def _below_thresholds(pairs: list[Pair], resolver: Resolver) -> list[str]:
    thresholds = tomllib.loads((_HERE / "thresholds.toml").read_text(encoding="utf-8"))
    by_language = {language: _measure(_of(pairs, language), resolver) for language in LANGUAGES}
    failures = []
    for name, least in thresholds["at_least"].items():
        worst, language = min((shares[name].percent, lang) for lang, shares in by_language.items())
        if worst < least:
            failures.append(f"{name} {worst:.1f} < {least} ({language})")
    most = thresholds["at_most"]
    worst, language = max((shares["harm"].percent, lang) for lang, shares in by_language.items())
    if worst > most["harm"]:
        failures.append(f"harm {worst:.1f} > {most['harm']} ({language})")
    if measures.balance(pairs) > most["balance"]:
        failures.append(f"balance {measures.balance(pairs):.1f} > {most['balance']}")
    return failures


if __name__ == "__main__":
    sys.exit(main())
