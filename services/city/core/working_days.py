"""Working days: Monday to Friday, without Belgium's public holidays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from holidays import country_holidays

from kit.languages import Language

_LOCALES: Final[dict[Language, str]] = {"fr": "fr", "nl": "nl", "en": "en_US"}
_SATURDAY: Final = 5


def holiday_name(day: date, language: Language) -> str | None:
    """Return the name of the public holiday on a day; None where there is none."""
    return _holidays(day.year, language).get(day)


def is_working_day(day: date) -> bool:
    """Tell whether administrations count a day as a working day."""
    return day.weekday() < _SATURDAY and day not in _holidays(day.year, "fr")


def working_days_before(day: date, count: int) -> date:
    """Return the day that is so many working days before another: ten before Monday the 30th is Monday the 16th.

    The other day itself does not count, holidays between do not either.
    """
    while count > 0:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day


@lru_cache(maxsize=64)
def _holidays(year: int, language: Language) -> Mapping[date, str]:
    return MappingProxyType(dict(country_holidays("BE", years=year, language=_LOCALES[language])))
