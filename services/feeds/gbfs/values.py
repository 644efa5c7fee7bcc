"""Numbers, times and truths as the versions of GBFS write them; ValueError where one is none."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any, Final

_MOST: Final = 10_000
#: Before GBFS was thought of, and after anyone will read this.
_EARLIEST: Final = datetime(2010, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)


def count(value: Any, what: str) -> int:
    """Return a number of bikes or docks."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        raise ValueError(f"{what}: {value!r} is not a number")
    if not 0 <= value <= _MOST:
        raise ValueError(f"{what}: {value!r} is out of range")
    return int(value)


def optional_count(value: Any, what: str) -> int | None:
    """Return a number, or None where there is none."""
    return None if value is None else count(value, what)


def truth(value: Any, otherwise: bool) -> bool:
    """Return a truth, which version 1 writes as 0 or 1; ``otherwise`` where nothing is said."""
    if value is None:
        return otherwise
    if value in (0, 1):
        return bool(value)
    raise ValueError(f"{value!r} is neither true nor false")


def instant(value: Any) -> datetime | None:
    """Return a time: seconds since 1970, or RFC 3339; None where there is none, or one that cannot be."""
    try:
        if isinstance(value, str):
            found = datetime.fromisoformat(value)
            found = found if found.tzinfo else found.replace(tzinfo=UTC)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found = datetime.fromtimestamp(value, UTC)
        else:
            return None
        return found.astimezone(UTC) if _EARLIEST <= found <= _LATEST else None
    except (ValueError, OverflowError, OSError):
        return None


def point(lat: Any, lon: Any) -> tuple[float, float]:
    """Return a point in or near Belgium."""
    if isinstance(lat, bool) or isinstance(lon, bool) or not isinstance(lat, int | float | str):
        raise ValueError("no coordinates")
    try:
        found = float(lat), float(lon)
    except (TypeError, ValueError):
        raise ValueError(f"{lat!r}, {lon!r} are no coordinates") from None
    if not (math.isfinite(found[0]) and 49 < found[0] < 52 and 2 < found[1] < 7):
        raise ValueError(f"{lat!r}, {lon!r} is not in Belgium")
    return found
