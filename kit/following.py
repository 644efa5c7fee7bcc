"""How a choice says what is to be done with what residents are told of unasked: values of one entity."""

from __future__ import annotations

from typing import Final, cast, get_args

from kit.tasks import Followed

#: Every subscription is meant: all are stopped.
ALL: Final = "all"
#: Hear which there are.
LIST: Final = "list"
#: Choose the quiet hours.
QUIET_HOURS: Final = "quiet"
_FOLLOW: Final = "follow"
_MARK: Final = "/"


def to_follow(kind: Followed, subject: str) -> str:
    """Return the value that has something followed: ``follow/line/71``."""
    return _MARK.join((_FOLLOW, kind, subject))


def followed(value: str) -> tuple[Followed, str] | None:
    """Return what a value has followed, or None where it says something else."""
    mark, _, rest = value.partition(_MARK)
    kind, _, subject = rest.partition(_MARK)
    if mark != _FOLLOW or kind not in get_args(Followed) or not subject:
        return None
    return cast("Followed", kind), subject


def to_be_quiet(start: str, end: str) -> str:
    """Return the value that sets quiet hours; the same time twice means none."""
    return _MARK.join((QUIET_HOURS, start, end))


def quiet_hours(value: str) -> tuple[str, str] | None:
    """Return the quiet hours that a value sets, or None where it says something else."""
    mark, _, rest = value.partition(_MARK)
    start, _, end = rest.partition(_MARK)
    return (start, end) if mark == QUIET_HOURS and start and end else None
