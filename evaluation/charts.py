"""What the plots of the HTML report show, as numbers between 0 and 100; ``templates/charts.j2`` draws them."""

from __future__ import annotations

from dataclasses import dataclass

from evaluation.measures import Share
from evaluation.result import Result, among
from evaluation.statistics import wilson
from evaluation.thresholds import Thresholds
from kit.languages import LANGUAGES

_CONFUSIONS = 12


@dataclass(frozen=True)
class Mark:
    """A share with its interval, drawn in the manner of its series."""

    series: str
    at: float
    low: float
    high: float
    words: str


@dataclass(frozen=True)
class Row:
    """A row of marks, with what is asked of them where something is."""

    label: str
    marks: list[Mark]
    threshold: float | None = None


@dataclass(frozen=True)
class Bar:
    """A bar with its length in per cent of the longest, and what stands behind it."""

    label: str
    length: float
    words: str


@dataclass(frozen=True)
class Point:
    """A point of a line or of a scatter, with the size of its dot and what is shown on pointing at it."""

    x: float
    y: float
    size: float
    words: str


def measures(result: Result, thresholds: Thresholds) -> list[Row]:
    """Each measure by language, against its threshold."""
    asked = {**thresholds.at_least, **thresholds.at_most}
    return [
        Row(name, [_mark(language, result.share(name, language)) for language in LANGUAGES], asked.get(name))
        for name in result.measured
    ]


def topics(result: Result) -> list[Row]:
    """What is handled rightly of each topic, by language."""
    return [
        Row(topic, [_mark(language, among(cases, language)) for language in LANGUAGES if among(cases, language).of])
        for topic, cases in result.topics.items()
    ]


def intents(result: Result) -> list[Row]:
    """Recall of each intent in all languages, the weakest first."""
    ordered = sorted(result.intents, key=lambda each: (each.all_right.percent, each.name))
    return [Row(each.name, [_mark("all", each.all_right)]) for each in ordered]


def confusions(result: Result) -> list[Bar]:
    """The confusions that cost most."""
    dearest = result.confusions[:_CONFUSIONS]
    most = max((each.cost for each in dearest), default=1.0)
    return [
        Bar(f"{each.wanted} → {each.found}", 100 * each.cost / most, f"{each.cost:.1f} ({each.times} ×)")
        for each in dearest
    ]


def reliability(result: Result) -> list[Point]:
    """Share of right ones against confidence; the area of a dot is the number of sentences."""
    most = max((each.right.of for each in result.reliability), default=1)
    return [
        Point(
            x=each.confidence,
            y=each.right.percent,
            size=(each.right.of / most) ** 0.5,
            words=f"confidence {each.confidence:.0f} %: {each.right.percent:.0f} % right of {each.right.of}",
        )
        for each in result.reliability
    ]


def trade_off(result: Result) -> dict[str, list[Point]]:
    """Intent, rejection and harm over the threshold."""
    lines: dict[str, list[Point]] = {"intent": [], "rejected": [], "harm": []}
    for each in result.trade_off:
        for name, value in (("intent", each.intent), ("rejected", each.out_of_scope), ("harm", each.harm)):
            lines[name].append(Point(100 * each.threshold, value, 0.0, f"{name} {value:.1f} % at {each.threshold:.2f}"))
    return lines


def _mark(series: str, share: Share) -> Mark:
    low, high = wilson(share.held, share.of)
    return Mark(
        series, share.percent, low, high, f"{series}: {share.percent:.1f} % ({low:.1f} to {high:.1f}) of {share.of}"
    )
