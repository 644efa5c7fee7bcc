"""What figures say of a time: how much was asked, on what, where, when, and what came of it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.studio.insight.figures import COUNTS, KIND, Figure

#: What counts as an answer; asking for a fact is on the way to one, and is not counted against it.
_ANSWERED: Final = frozenset({"answered"})
_UNDER_WAY: Final = frozenset({"asked"})
#: Fewer than so many are not told on the public page, so that a question cannot be somebody's.
FEW: Final = 5


@dataclass(frozen=True)
class Line:
    """A line of a table: its value, how many questions, and how many of those that were settled were answered."""

    value: str
    questions: int
    settled: int
    answered: int

    @property
    def share(self) -> float | None:
        """The share that was answered, 0 to 1; None where nothing was settled."""
        return self.answered / self.settled if self.settled else None


@dataclass(frozen=True)
class Report:
    """Tables of one time; ``names`` of the values are the page's."""

    total: Line
    outcomes: Mapping[str, int]
    helped: int
    not_helped: int
    tables: Mapping[str, Sequence[Line]]
    days: Sequence[tuple[date, int]]
    hours: Sequence[tuple[int, int]]

    @property
    def satisfaction(self) -> float | None:
        """The share of opinions that were good, 0 to 1; None without any."""
        said = self.helped + self.not_helped
        return self.helped / said if said else None


@dataclass(frozen=True)
class Kept:
    """Which figures count: of a topic, a language, a channel; empty is all."""

    topic: str = ""
    language: str = ""
    channel: str = ""


def report(figures: Iterable[Figure], topic_of: Callable[[str], str], kept: Kept, days: Sequence[date]) -> Report:
    """Return the tables of figures of some days; ``topic_of`` gives an intent's topic, "" for none."""
    found = [
        each
        for each in figures
        if each.questions
        and kept.topic in {"", topic_of(each.intent)}
        and kept.language in {"", each.language}
        and kept.channel in {"", each.channel}
    ]
    by_day, by_hour, outcomes = Counter[date](), Counter[int](), Counter[str]()
    for each in found:
        by_day[each.day] += each.questions
        by_hour[each.hour] += each.questions
        outcomes[each.outcome] += each.questions
    return Report(
        total=_line("", found),
        outcomes=dict(outcomes.most_common()),
        helped=sum(each.helped for each in found),
        not_helped=sum(each.not_helped for each in found),
        tables={
            "topic": _table(found, lambda each: topic_of(each.intent)),
            "question": _table(found, lambda each: each.intent),
            "language": _table(found, lambda each: each.language),
            "channel": _table(found, lambda each: each.channel),
            "commune": _table((each for each in found if each.commune), lambda each: each.commune),
        },
        days=[(day, by_day[day]) for day in days],
        hours=[(hour, by_hour[hour]) for hour in range(24)],
    )


def public(figures: Iterable[Figure], topic_of: Callable[[str], str]) -> Mapping[str, Sequence[tuple[str, int | None]]]:
    """Return what may be told to everybody: questions by topic, language and channel.

    What is few has no number (None); where only one line of a table is few, the next smallest has none either, so that
    it cannot be reckoned from a total.
    """
    found = [each for each in figures if each.questions]
    tables = {
        "topic": _table(found, lambda each: topic_of(each.intent)),
        "language": _table(found, lambda each: each.language),
        "channel": _table(found, lambda each: each.channel),
    }
    return {name: _suppressed(lines) for name, lines in tables.items()}


def as_csv(figures: Iterable[Figure]) -> str:
    """Return figures as a table for other programs."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*KIND, *COUNTS])
    for each in figures:
        if each.questions:
            writer.writerow([getattr(each, name) for name in (*KIND, *COUNTS)])
    return out.getvalue()


def _suppressed(lines: Sequence[Line]) -> list[tuple[str, int | None]]:
    few = {line.value for line in lines if line.questions < FEW}
    if len(few) == 1 and len(lines) > 1:
        few.add(min((line for line in lines if line.value not in few), key=lambda line: line.questions).value)
    return [(line.value, None if line.value in few else line.questions) for line in lines]


def _table(figures: Iterable[Figure], value_of: Callable[[Figure], str]) -> list[Line]:
    by_value: dict[str, list[Figure]] = {}
    for each in figures:
        by_value.setdefault(value_of(each), []).append(each)
    lines = [_line(value, some) for value, some in by_value.items()]
    return sorted(lines, key=lambda line: (-line.questions, line.value))


def _line(value: str, figures: Iterable[Figure]) -> Line:
    counts: Counter[str] = Counter()
    for each in figures:
        counts[each.outcome] += each.questions
    settled = sum(count for outcome, count in counts.items() if outcome not in _UNDER_WAY)
    return Line(value, counts.total(), settled, sum(counts[outcome] for outcome in _ANSWERED))
