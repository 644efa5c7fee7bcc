"""Whether two ways of writing a fact mean the same: the same street, stop or commune, the same day, the same time."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path

from actions.moments.days import parse_days
from actions.moments.times import time_of_day
from kit.text import fold

#: The day from which days are counted in both ways of writing.
_TODAY = date(2026, 11, 24)

_NUMBER = re.compile(r"\b\d{1,4}[a-z]?\b")


class Resolver:
    """Compares facts by the things that they name, in either language."""

    def __init__(self, gazetteer: Path) -> None:
        self._things: dict[str, set[str]] = defaultdict(set)
        for item in json.loads(gazetteer.read_text(encoding="utf-8"))["names"]:
            for name in (*item["fr"], *item["nl"], *item.get("en", ())):
                self._things[fold(name)].add(item["id"])

    def same(self, expected: str, found: str, kind: str = "") -> bool:
        """Tell whether both name the same thing: equal once folded, or names of one thing with equal house numbers.

        Of the kinds ``date`` and ``time``, whether the assistant takes both for the same day or time.
        """
        wanted, got = fold(expected), fold(found)
        if wanted == got:
            return True
        if kind in _MOMENTS:
            meant = _MOMENTS[kind](expected)
            return meant is not None and meant == _MOMENTS[kind](found)
        if _NUMBER.findall(wanted) != _NUMBER.findall(got):
            return False
        return bool(self._named(wanted) & self._named(got))

    def _named(self, folded: str) -> set[str]:
        return self._things.get(folded) or self._things.get(_NUMBER.sub("", folded).strip(), set())


def _day(written: str) -> object:
    return parse_days(written, _TODAY, None)


_MOMENTS: dict[str, Callable[[str], object]] = {"date": _day, "time": time_of_day}
