"""Makes the best of a trip whose calls are out of order, lack times or go back in time."""

from __future__ import annotations

from itertools import pairwise
from typing import Final, NamedTuple

from services.feeds.gtfs.problems import Problems

NO_TIME: Final = -1
_FILE: Final = "stop_times.txt"


class Call(NamedTuple):
    """A row of stop_times.txt, its stop, kind and headsign by number."""

    sequence: int
    arrival: int
    departure: int
    stop: int
    kind: int
    headsign: int
    line: int


def mended(rows: list[Call], problems: Problems) -> list[Call]:
    """Return a trip's calls in order, all timed, without those that cannot be used (reported)."""
    return _untangled(_timed(_without_repeats(sorted(rows), problems), problems), problems)


def _without_repeats(rows: list[Call], problems: Problems) -> list[Call]:
    kept: list[Call] = []
    for row in rows:
        if kept and row.sequence == kept[-1].sequence:
            problems.add(_FILE, row.line, "stop_sequence is there twice in its trip", str(row.sequence))
        else:
            kept.append(row)
    return kept


def _timed(rows: list[Call], problems: Problems) -> list[Call]:
    """Return the rows with missing times spread evenly between the calls that have one.

    Calls before the first time or after the last cannot be placed and are left out (reported).
    """
    known = [n for n, row in enumerate(rows) if row.arrival != NO_TIME]
    if len(known) == len(rows):
        return rows
    for row in rows[: known[0]] + rows[known[-1] + 1 :] if known else rows:
        problems.add(_FILE, row.line, "arrival_time: the first and last call of a trip need one")
    filled: list[Call] = []
    for left, right in pairwise(known):
        filled.append(rows[left])
        start, end = rows[left].departure, rows[right].arrival
        for n in range(left + 1, right):
            at = start + (end - start) * (n - left) // (right - left)
            filled.append(rows[n]._replace(arrival=at, departure=at))
    return filled + [rows[n] for n in known[-1:]]


def _untangled(rows: list[Call], problems: Problems) -> list[Call]:
    """Return the rows without those that go back in time (reported)."""
    last = NO_TIME
    kept = []
    for row in rows:
        if row.arrival < last:
            problems.add(_FILE, row.line, "arrival_time is before the departure from the stop before")
            continue
        last = row.departure
        kept.append(row)
    return kept
