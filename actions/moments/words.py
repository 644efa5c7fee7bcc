"""The words for days and times, read once from ``words.yml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

_BY_VALUE: Final = (
    *(
        "days",
        "weekends",
        "weeks",
        "months_ahead",
        "years_ahead",
        "month_parts",
        "ordinals",
        "units",
        "parts_of_day",
        "numbers",
    ),
)
_SETS: Final = (
    *("next_words", "last_words", "week_later", "month_words", "ahead_words", "ago_words", "any_feast", "now"),
)


@dataclass(frozen=True)
class Words:
    """Folded words and what they stand for; the file says what each list is."""

    days: Mapping[str, int]
    no_days: Mapping[str, frozenset[str]]
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    next_words: frozenset[str]
    last_words: frozenset[str]
    week_later: frozenset[str]
    weekends: Mapping[str, int]
    weeks: Mapping[str, int]
    months_ahead: Mapping[str, int]
    years_ahead: Mapping[str, int]
    month_parts: Mapping[str, int]
    month_words: frozenset[str]
    ordinals: Mapping[str, int]
    units: Mapping[str, int]
    ahead_words: frozenset[str]
    ago_words: frozenset[str]
    feasts: Mapping[str, tuple[str, int]]  # the feast and the days from it
    any_feast: frozenset[str]
    now: frozenset[str]
    clock_words: Mapping[str, int]
    parts_of_day: Mapping[str, int]
    numbers: Mapping[str, int]


@cache
def words() -> Words:
    """Return the words; the file is read on the first call."""
    data: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8"))
    lists: dict[str, Any] = {name: _by_word(data[name].items()) for name in _BY_VALUE}
    lists |= {name: frozenset(data[name]) for name in _SETS}
    return Words(
        no_days={language: frozenset(each) for language, each in data["no_days"].items()},
        weekdays=_by_word(enumerate(data["weekdays"])),
        months=_by_word(enumerate(data["months"], start=1)),
        feasts=_feasts(data),
        clock_words=data["clock_words"],
        **lists,
    )


def _by_word(groups: Iterable[tuple[int, list[str]]]) -> dict[str, int]:
    return {word: value for value, group in groups for word in group}


def _feasts(data: Mapping[str, Any]) -> dict[str, tuple[str, int]]:
    shifted = [(feast, days, each) for feast, shifts in data["feast_shifts"].items() for days, each in shifts.items()]
    plain = [(feast, 0, each) for feast, each in data["feasts"].items()]
    return {word: (feast, days) for feast, days, each in (*plain, *shifted) for word in each}
