"""Reads the calendar service's sentence for a weekday: which bags, and when to put them out.

The weekday that the sentence begins with is not read: it names the evening before or, wrongly, the round's own day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kit.text import fold

#: Bags as the service writes them, folded, in French and in Dutch. Longer ones first: they are read one by one.
_BAGS: Final = {
    "dechets alimentaires": "orange",
    "voedingsafval": "orange",
    "blancs": "white",
    "blanc": "white",
    "wit": "white",
    "jaunes": "yellow",
    "jaune": "yellow",
    "geel": "yellow",
    "bleus": "blue",
    "bleu": "blue",
    "blauw": "blue",
    "oranges": "orange",
    "orange": "orange",
    "oranje": "orange",
    "verts": "green",
    "vert": "green",
    "groen": "green",
}
_BAG: Final = re.compile(r"\b(" + "|".join(_BAGS) + r")\b")
_COLON: Final = r"(?: ?h ?| )"
_TIMES: Final = (
    rf"(?P<from_h>\d{{1,2}}){_COLON}(?P<from_m>\d\d) (?:et|en) (?P<until_h>\d{{1,2}}){_COLON}(?P<until_m>\d\d)"
)
_SENTENCES: Final = (
    re.compile(r"\bsacs? (?P<bags>.+) entre " + _TIMES + r"\b"),
    re.compile(r"\bzak(?:ken)? (?P<bags>.+) buiten tussen " + _TIMES + r"\b"),
)
_JOINS: Final = frozenset({"et", "en"})
DAY_MIN: Final = 24 * 60


@dataclass(frozen=True)
class PutOut:
    """Bags and when to put them out: minutes after midnight of the day before the round, 24:00 being 1440."""

    bags: tuple[str, ...]
    opens_min: int
    until_min: int


def read_put_out(text: str) -> PutOut:
    """Return what a weekday's sentence says; ValueError, quoting it, where it is not understood as a whole."""
    folded = fold(text)
    match = next((found for pattern in _SENTENCES if (found := pattern.search(folded))), None)
    if match is None:
        raise ValueError(f"no bags and times in {text[:120]!r}")
    bags = tuple(dict.fromkeys(_BAGS[bag] for bag in _BAG.findall(match["bags"])))
    unknown = [word for word in _BAG.sub(" ", match["bags"]).split() if word not in _JOINS]
    if unknown or not bags:
        raise ValueError(f"unknown bag {' '.join(unknown)!r} in {text[:120]!r}")
    opens, until = _minutes(match["from_h"], match["from_m"]), _minutes(match["until_h"], match["until_m"])
    if not opens < until <= DAY_MIN:
        raise ValueError(f"no window of time in {text[:120]!r}")
    return PutOut(bags, opens, until)


def _minutes(hour: str, minute: str) -> int:
    if int(minute) >= 60:
        raise ValueError(f"{hour}:{minute} is not a time")
    return int(hour) * 60 + int(minute)
