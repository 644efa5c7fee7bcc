"""Reads WaitingTimes: the next passings at each point of each line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from kit.clock import BRUSSELS
from kit.text import fold
from services.feeds.stib_realtime.entries import EntryError, entries, first, inner, text
from services.feeds.stib_realtime.model import Passing, Report

NAME: Final = "WaitingTimes"

#: How a passing says that its time is the timetable's and not a measured one; a word is enough, in any language.
_THEORETICAL: Final = ("theoretical", "theorique", "theoretisch", "planned time", "scheduled")


def passings(content: bytes, report: Report) -> Iterator[Passing]:
    """Yield the passings of an answer; one bad entry leaves the others.

    A passing without a time, of a line whose service has ended, is none. Raises UnexpectedContentError.
    """
    for number, entry in entries(content, NAME, report):
        try:
            point, line = text(entry, "pointid", "pointId"), text(entry, "lineid", "lineId")
            found = inner(entry, "passingtimes", "passingTimes")
        except EntryError as error:
            report(NAME, number, str(error))
            continue
        for each in found:
            try:
                passing = _passing(point, line, each)
            except EntryError as error:
                report(NAME, number, str(error))
                continue
            if passing is not None:
                yield passing


def _passing(point: str, line: str, found: Any) -> Passing | None:
    if not isinstance(found, Mapping):
        raise EntryError("passingtimes: not an object")
    said = [fold(part) for part in _texts(found.get("message")).values()]
    expected = first(found, "expectedArrivalTime")
    if expected is None and said:
        return None
    destination = _texts(found.get("destination"))
    return Passing(
        point=point,
        line=str(first(found, "lineId") or line),
        expected=_instant(expected),
        destination_fr=destination.get("fr") or destination.get("nl"),
        destination_nl=destination.get("nl") or destination.get("fr"),
        theoretical=any(word in part for part in said for word in _THEORETICAL),
    )


def _texts(value: Any) -> dict[str, str]:
    if isinstance(value, str):
        return {"fr": value, "nl": value}
    if not isinstance(value, Mapping):
        return {}
    return {str(language): words for language, words in value.items() if isinstance(words, str) and words.strip()}


def _instant(written: Any) -> datetime:
    """Return a time in UTC; one without a zone is Brussels'."""
    try:
        at = datetime.fromisoformat(written)
        return (at if at.tzinfo else at.replace(tzinfo=BRUSSELS)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError) as error:
        raise EntryError(f"expectedArrivalTime: not a time: {str(written)[:40]!r}") from error
