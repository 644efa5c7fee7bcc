"""Reads single values as servers really send them: nothing in many shapes, odd dates, points that are none."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from kit.clock import BRUSSELS

_NOTHING: Final = frozenset({"", "null", "nil", "none", "undefined", "n/a"})
_PATTERNS: Final = (
    "%Y-%m-%d %H:%M:%S %z",
    "%Y-%m-%dT%H:%M:%S %z",
    "%Y-%m-%d %H:%M:%S %Z",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y",
)
_TRUE: Final = frozenset({"true", "1", "yes"})


def text(value: Any) -> str | None:
    """Return a text; None for null, nothing, ``nil``, ``{"nil": "true"}``, ``[]`` and other ways to say nothing."""
    if value is None or isinstance(value, Mapping | list):
        return None
    found = str(value).strip()
    return None if found.casefold() in _NOTHING else found


def truth(value: Any) -> bool:
    """Return whether a value says yes, as a boolean, a number or a text."""
    return (text(value) or "").casefold() in _TRUE


def number(value: Any) -> float | None:
    """Return a finite number; None where there is none."""
    try:
        found = float(text(value) or "nan")
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def point(lat: Any, lon: Any) -> tuple[float, float] | None:
    """Return (latitude, longitude); None where one is missing, out of range, or both are 0.0, which means not known."""
    first, second = number(lat), number(lon)
    if first is None or second is None or (first == 0 and second == 0):
        return None
    return (first, second) if -90 <= first <= 90 and -180 <= second <= 180 else None


def moment(value: Any) -> datetime | None:
    """Return an instant; without a zone, it is read as Brussels' time. None where it cannot be read."""
    written = text(value)
    if written is None:
        return None
    found = _iso(written) or _patterned(written) or _mail(written)
    if found is None:
        return None
    return found if found.tzinfo else found.replace(tzinfo=BRUSSELS)


def _iso(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _patterned(written: str) -> datetime | None:
    for pattern in _PATTERNS:
        try:
            return datetime.strptime(written, pattern)  # noqa: DTZ007 - a missing zone is filled in by the caller
        except ValueError:
            continue
    return None


def _mail(written: str) -> datetime | None:
    try:
        return parsedate_to_datetime(written)
    except (ValueError, OverflowError):
        return None
