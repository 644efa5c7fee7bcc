"""The tables of a report, the same ones in the text and in the HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation import calibration
from evaluation.baseline import ALL
from evaluation.measures import NAMES, Share
from evaluation.result import ANSWERS, Result, among
from evaluation.statistics import wilson
from evaluation.thresholds import Thresholds
from kit.languages import LANGUAGES

_CONFUSIONS = 20


@dataclass(frozen=True)
class Table:
    """Rows of text under a heading; the first column names the row."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def by_language(result: Result, thresholds: Thresholds) -> Table:
    """Each measure in each language, with its interval and its threshold."""
    rows = [
        (
            name,
            *(_with_interval(result.share(name, language)) for language in (*LANGUAGES, None)),
            thresholds.of(name),
        )
        for name in result.measured
    ]
    cost = [f"{result.cost[language]:.1f}" for language in (*LANGUAGES, ALL)]
    rows.append(("cost of 100 sentences", *cost, ""))
    balance = "at most " + f"{thresholds.at_most['balance']:g}"
    rows.append(("balance, points", *[""] * len(LANGUAGES), f"{result.balance:.1f}", balance))
    rows.append(("parse, p50 in ms", *[""] * len(LANGUAGES), f"{result.parse_ms:.1f}", "see make bench"))
    title = f"{result.sentences} held-out sentences: per cent [95 % interval] of how many"
    return Table(title, ("measure", *LANGUAGES, ALL, "threshold"), rows)


def by_topic(result: Result) -> Table:
    """What is handled rightly of each topic."""
    rows = [
        (topic, *(_with_interval(among(cases, language)) for language in (*LANGUAGES, None)))
        for topic, cases in result.topics.items()
    ]
    return Table("right intent (out of scope: rejected) by topic", ("topic", *LANGUAGES, ALL), rows)


def by_intent(result: Result) -> Table:
    """Recall of each intent in each language, and its precision in all."""
    rows = [
        (
            each.name,
            *(_short(each.right[lang]) for lang in LANGUAGES),
            _with_interval(each.all_right),
            _short(each.precise),
        )
        for each in result.intents
    ]
    title = "intents: recall by language, recall [95 % interval] and precision in all"
    return Table(title, ("intent", *LANGUAGES, "recall", "precision"), rows)


def confusions(result: Result) -> Table:
    """The confusions that cost most."""
    total = sum(each.cost for each in result.confusions) or 1.0
    rows = [
        (each.wanted, each.found, str(each.times), f"{each.cost:.1f}", f"{100 * each.cost / total:.0f} %")
        for each in result.confusions[:_CONFUSIONS]
    ]
    return Table("confusions that cost most", ("meant", "understood", "times", "cost", "of all cost"), rows)


def reliability(result: Result) -> Table:
    """How often the likeliest intent is right, by its confidence."""
    rows = [
        (f"{100 * each.low:.0f} to {100 * each.high:.0f} %", f"{each.confidence:.1f}", _with_interval(each.right))
        for each in result.reliability
    ]
    error = calibration.expected_error(result.reliability)
    title = f"calibration: expected calibration error {error:.1f} points"
    return Table(title, ("confidence", "mean confidence", "right"), rows)


def trade_off(result: Result) -> Table:
    """What one threshold on the confidence would do."""
    rows = [
        (f"{each.threshold:.2f}", f"{each.intent:.1f}", f"{each.out_of_scope:.1f}", f"{each.harm:.1f}")
        for each in result.trade_off[::5]
    ]
    return Table(
        "if only a confidence above the threshold were answered, %", ("threshold", "intent", "rejected", "harm"), rows
    )


def differences(result: Result) -> Table:
    """What changed since the saved run."""
    rows = [
        (
            each.measure,
            each.language,
            str(each.shared),
            f"{each.before:.1f}",
            f"{each.after:.1f}",
            f"{each.points:+.1f}",
            f"{each.chance:.3f}" if each.chance >= 0.001 else "< 0.001",
            ("better" if each.better else "worse") if each.significant() else "within chance",
        )
        for each in result.differences or ()
    ]
    head = ("measure", "language", "cases in both", "before", "now", "change", "p", "")
    return Table("against the saved run (McNemar's exact test)", head, rows)


def answers(result: Result) -> Table:
    """Whole answers that hold what they must, by capability."""
    names = sorted({each.question.capability for each in result.answers})
    rows = []
    for name in names:
        own = [each for each in result.answers if each.question.capability == name]
        shares = []
        for language in LANGUAGES:
            asked = [not each.missing for each in own if each.question.language == language]
            shares.append(f"{sum(asked)} of {len(asked)}" if asked else "–")
        rows.append((name, *shares))
    return Table("answers on the sample city that hold what they must", ("capability", *LANGUAGES), rows)


def wrong_answers(result: Result) -> Table:
    """The answers that lack something, with what."""
    rows = [
        (each.question.capability, each.question.language, " / ".join(each.question.ask), "; ".join(each.missing))
        for each in result.answers
        if each.missing
    ]
    return Table("answers that lack something", ("capability", "language", "question", "what is wrong"), rows)


def measure_names() -> str:
    """Return what the measures' short names mean."""
    return "; ".join(f"{name}: {meaning}" for name, meaning in {**NAMES, ANSWERS: "whole answers"}.items())


def _with_interval(share: Share) -> str:
    low, high = wilson(share.held, share.of)
    return f"{share.percent:.1f} [{low:.1f}–{high:.1f}] {share.of}" if share.of else "–"


def _short(share: Share) -> str:
    return f"{share.percent:.0f} ({share.of})" if share.of else "–"
