"""Public holidays of Belgium by name ("lundi de Pâques", "tweede kerstdag"), or any ("un jour férié")."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from holidays import country_holidays

from actions.moments.span import Days, one
from actions.moments.words import words

_NAMES_IN: Final = "en_US"


def of_feast(text: str, today: date) -> Days | None:
    """Return the next day of the holiday that a folded text names; of "a public holiday", the next there is."""
    known = words()
    if text in known.any_feast:
        return one(min(day for day in _coming(today) if day >= today))
    if text not in known.feasts:
        return None
    name, shift = known.feasts[text]
    days = [day + timedelta(days=shift) for day, feast in _coming(today).items() if feast == name]
    return one(min((day for day in days if day >= today), default=None))


def _coming(today: date) -> dict[date, str]:
    return _of_years(today.year)


@lru_cache(maxsize=4)
def _of_years(year: int) -> dict[date, str]:
    return dict(country_holidays("BE", years=(year, year + 1, year + 2), language=_NAMES_IN))
