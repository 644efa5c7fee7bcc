"""Which stop and line of a timetable real time means: its ids differ from the timetable's in small ways.

A stop's id may carry a letter that the timetable lacks (``6934F``), lack its leading noughts (``631`` for ``0631``) or
have a prefix (``gs:delijn:307250``).
"""

from __future__ import annotations

import re
from typing import Final

from services.city.core.datasets import ImportReport
from services.city.transport.realtime.store import Known
from services.city.transport.wording import line_id
from services.city.transport.words import line_key

_NUMBER: Final = re.compile(r"0*([1-9]\d*)[A-Za-z]?")
_SHOWN: Final = 80


class Resolver:
    """Resolves ids, and reports each that it does not know once."""

    def __init__(self, known: Known, report: ImportReport, file: str) -> None:
        self._known = known
        self._report = report
        self._file = file
        self._lines = {line_key(line.short_name): line_id(line) for line in reversed(known.lines)}
        self._routes = {_tail(route): line_id(line) for route, line in known.line_of_route.items()}
        self._exact_routes = {route: line_id(line) for route, line in known.line_of_route.items()}
        self._loose: dict[str, str | None] = {}
        for stop_id in sorted(known.stop_ids, key=lambda each: (len(each), each)):
            self._add(stop_id)
        self._seen: dict[tuple[str, str], str | None] = {}

    @property
    def unknown(self) -> dict[str, int]:
        """How many different stops and lines are not known."""
        counts = {"unknown stops": 0, "unknown lines": 0}
        for (kind, _), found in self._seen.items():
            counts[f"unknown {kind}s"] += found is None
        return counts

    def stop(self, written: str) -> str | None:
        """Return the timetable's id of a stop."""
        key = ("stop", written)
        if key not in self._seen:
            found = written if written in self._known.stop_ids else self._loose.get(_key(written))
            self._seen[key] = self._told("stop", written, found)
        return self._seen[key]

    def line(self, written: str) -> str | None:
        """Return the public id of a line by its short name."""
        key = ("line", written)
        if key not in self._seen:
            self._seen[key] = self._told("line", written, self._lines.get(line_key(written)))
        return self._seen[key]

    def route(self, written: str) -> str | None:
        """Return the public id of the line of a route."""
        key = ("line", f"route {written}")
        if key not in self._seen:
            found = self._exact_routes.get(written) or self._routes.get(_tail(written))
            self._seen[key] = self._told("line", f"route {written}", found)
        return self._seen[key]

    def _add(self, stop_id: str) -> None:
        key = _key(stop_id)
        # Of several that are alike the plain one, which comes first, is meant by an id with a letter of its own.
        if key not in self._loose:
            self._loose[key] = stop_id
        elif _plain(stop_id) == _plain(self._loose[key] or ""):
            self._loose[key] = None

    def _told(self, kind: str, written: str, found: str | None) -> str | None:
        if found is None:
            self._report.problem(self._file, None, f"unknown {kind} {written[:_SHOWN]!r}")
        return found


def _plain(stop_id: str) -> bool:
    return stop_id[-1:].isdigit()


def _key(stop_id: str) -> str:
    tail = _tail(stop_id)
    number = _NUMBER.fullmatch(tail)
    return number[1] if number else tail


def _tail(written: str) -> str:
    return written.rpartition(":")[2]
