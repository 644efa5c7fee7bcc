"""Collects what is unsound in a feed, without letting one repeated fault fill the memory.

A *fault* is a row that breaks the format and is left out: a time that is none, an id that is nowhere. A *note* is what
a valid feed may hold and this reader passes over, or what it could make good.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

#: Told of each fault: file, line (1 is the header), reason.
Sink = Callable[[str, int | None, str], None]


class Problems:
    """Passes problems on to a sink; of those that are alike only the first ``most_alike`` line by line."""

    def __init__(self, sink: Sink, most_alike: int = 50) -> None:
        self._sink = sink
        self._most_alike = most_alike
        self._seen: Counter[tuple[str, str]] = Counter()
        self.faults = 0
        self.first_fault: tuple[str, int | None, str] | None = None

    def add(self, file: str, line: int | None, reason: str, detail: str = "") -> None:
        """Report a fault; those with the same file and ``reason`` are alike, ``detail`` tells them apart."""
        self.faults += 1
        if self.first_fault is None:
            self.first_fault = (file, line, f"{reason}: {detail}" if detail else reason)
        self.note(file, line, reason, detail)

    def note(self, file: str, line: int | None, reason: str, detail: str = "") -> None:
        """Report what is odd but no fault."""
        self._seen[file, reason] += 1
        if self._seen[file, reason] <= self._most_alike:
            self._sink(file, line, f"{reason}: {detail}" if detail else reason)

    def close(self) -> None:
        """Report how many more there were of each kind."""
        for (file, reason), count in self._seen.items():
            if count > self._most_alike:
                self._sink(file, None, f"{reason}: {count - self._most_alike} more lines")
        self._seen.clear()
