"""The words for days and times, read once from ``words.yml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Words:
    """Folded words and what they stand for."""

    days: Mapping[str, int]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    around_month: frozenset[str]
    places: Mapping[str, int]
    next_words: frozenset[str]
    weekend: frozenset[str]
    this_week: frozenset[str]
    next_week: frozenset[str]
    now: frozenset[str]
    clock_words: Mapping[str, int]
    parts_of_day: Mapping[str, int]
    numbers: Mapping[str, int]


@cache
def words() -> Words:
    """Return the words; the file is read on the first call."""
    data: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8"))
    return Words(
        days=_by_word(data["days"].items()),
        weekdays=_by_word(enumerate(data["weekdays"])),
        months=_by_word(enumerate(data["months"], start=1)),
        around_month=frozenset(data["around_month"]),
        places=_by_word(data["places"].items()),
        next_words=frozenset(data["next_words"]),
        weekend=frozenset(data["weekend"]),
        this_week=frozenset(data["this_week"]),
        next_week=frozenset(data["next_week"]),
        now=frozenset(data["now"]),
        clock_words=data["clock_words"],
        parts_of_day=_by_word(data["parts_of_day"].items()),
        numbers=_by_word(data["numbers"].items()),
    )


def _by_word(groups: Iterable[tuple[int, list[str]]]) -> dict[str, int]:
    return {word: value for value, group in groups for word in group}
