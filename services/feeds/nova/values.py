"""Reads single values of NOVA: days, texts in two languages, house numbers, the word for a state."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import yaml

from kit.clock import BRUSSELS
from kit.text import fold
from services.feeds.nova.model import Status

_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})Z?")
_WRITTEN: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
#: Days outside are slips of the keyboard.
_YEARS: Final = range(1950, 2101)
_LONGEST: Final = 2000


def day(value: Any) -> date | None:
    """Return the day in Brussels that a value means; ValueError where it means none.

    An instant counts with its zone: midnight in Brussels, told in UTC, is the day that begins.
    """
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f"{value!r:.40} is not a day")
    found = _instant(value) if isinstance(value, int | float) else _read(value.strip())
    if found.year not in _YEARS:
        raise ValueError(f"{found} is not in our time")
    return found


def _instant(milliseconds: float) -> date:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone(BRUSSELS).date()
    except (OverflowError, OSError, ValueError) as error:
        raise ValueError(f"{milliseconds!r:.40} is not a day") from error


def _read(text: str) -> date:
    try:
        if match := _DAY.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _WRITTEN.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text[:40]!r} is not a day") from None
    return (instant.astimezone(BRUSSELS) if instant.tzinfo else instant).date()


def text(value: Any) -> str | None:
    """Return a value as text with single spaces; None where there is nothing in it."""
    if value is None or isinstance(value, dict | list | bool):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    cleaned = " ".join("".join(char if char.isprintable() else " " for char in str(value)).split())
    return cleaned[:_LONGEST] or None


def both(fr: Any, nl: Any) -> tuple[str | None, str | None]:
    """Return a text in French and Dutch, the one standing in for the other where it is missing."""
    in_fr, in_nl = text(fr), text(nl)
    return in_fr or in_nl, in_nl or in_fr


def status(value: Any) -> Status | None:
    """Return what the register's word for a state means; None where it is not known."""
    return _words().get(fold(text(value) or ""))


@cache
def _words() -> dict[str, Status]:
    words = yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8"))
    return {fold(word): cast("Status", meaning) for meaning, each in words.items() for word in each}
