"""Reads single GTFS values: times past midnight, dates, whole numbers, coordinates, colours."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_TIME: Final = re.compile(r"\s*(\d{1,3}):([0-5]?\d)(?::([0-5]?\d))?\s*")
_DATE: Final = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})\s*")
_COLOUR: Final = re.compile(r"#?([0-9a-fA-F]{6})")


def parse_time(text: str) -> int | None:
    """Return the seconds of ``H:MM:SS`` (hours may pass 24), None for blank; raises ValueError."""
    match = _TIME.fullmatch(text)
    if match is None:
        if not text.strip():
            return None
        raise ValueError(f"{text!r} is not a time")
    hours, minutes, seconds = match.groups()
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0)


def parse_date(text: str) -> date:
    """Return the day of ``YYYYMMDD``; raises ValueError."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date")
    return date(*map(int, match.groups()))


def parse_count(text: str, default: int | None = None) -> int:
    """Return a whole number that is not negative, ``default`` for blank; raises ValueError."""
    text = text.strip()
    if not text and default is not None:
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise ValueError(f"{text!r} is not a whole number")
    return int(text)


def parse_position(lat: str, lon: str) -> tuple[float, float] | None:
    """Return latitude and longitude, None where they are blank or 0,0; raises ValueError."""
    if not lat.strip() and not lon.strip():
        return None
    north, east = float(lat), float(lon)
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        raise ValueError(f"{lat}, {lon} is not on Earth")
    return None if (north, east) == (0.0, 0.0) else (north, east)


def parse_colour(text: str) -> str | None:
    """Return a colour as ``#RRGGBB``, None where there is none or it is not one."""
    match = _COLOUR.fullmatch(text.strip())
    return f"#{match[1].upper()}" if match else None
