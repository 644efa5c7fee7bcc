"""Which collections answer a question: those put out and collected together, and those of the days asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from actions.city.models import Collection
from actions.moments.span import Days
from actions.moments.words import words
from kit.clock import BRUSSELS
from kit.text import fold

#: The façade's fractions, each with the reply that names its bag.
FRACTIONS: Final = {
    "white": "fraction_white",
    "yellow": "fraction_yellow",
    "blue": "fraction_blue",
    "orange": "fraction_orange",
    "green": "fraction_green",
}

#: From this hour on, putting out on the same day is said as "tonight".
EVENING_HOUR: Final = 17


@dataclass(frozen=True)
class Round:
    """Bags that go out together and are collected together; times are in Brussels."""

    fractions: tuple[str, ...]
    put_out: date
    opens: datetime
    until: datetime
    collected: date
    same_evening: bool
    moved_from: date | None
    holiday: dict[str, str] | None


@dataclass(frozen=True)
class Asked:
    """What the resident wants to know: which bag, which days, or neither."""

    fraction: str | None = None
    days: Days | None = None
    #: Asked for an evening: a collection of that same day is not meant.
    evening: bool = False


def rounds(items: Iterable[Collection]) -> list[Round]:
    """Return collections as rounds, in the order in which bags go out."""
    known = (item for item in items if item.fraction in FRACTIONS)
    return [_round(list(together)) for _, together in groupby(sorted(known, key=_together), key=_together)]


def of_days(found: Sequence[Round], asked: Asked) -> list[Round]:
    """Return the rounds of the days asked about: put out on one of them or, unless an evening was meant, collected."""
    if asked.days is None:
        return list(found)
    return [
        each for each in found if each.put_out in asked.days or (each.collected in asked.days and not asked.evening)
    ]


def is_evening(written: str | None) -> bool:
    """Tell whether a day was asked for by its evening ("ce soir", "morgenavond")."""
    hour = words().parts_of_day.get(fold(written or ""))
    return hour is not None and hour >= EVENING_HOUR


def _together(item: Collection) -> tuple[datetime, datetime, date, date, bool]:
    out = item.put_out
    return out.opens, out.until, item.collection_date, item.moved_from or date.min, item.evening_round


def _round(items: Sequence[Collection]) -> Round:
    first = items[0]
    return Round(
        fractions=tuple(dict.fromkeys(item.fraction for item in items)),
        put_out=first.put_out.date,
        opens=first.put_out.opens.astimezone(BRUSSELS),
        until=first.put_out.until.astimezone(BRUSSELS),
        collected=first.collection_date,
        same_evening=first.evening_round,
        moved_from=first.moved_from,
        holiday=first.holiday,
    )
