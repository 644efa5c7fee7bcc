"""What is read from files and read again when one of them changes, without a restart."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, Generic, TypeVar

T = TypeVar("T")

log = logging.getLogger(__name__)

#: How often the files are looked at, however much is asked for.
LOOK_EVERY_S: Final = 1.0


class Fresh(Generic[T]):
    """A value made of files; where a change cannot be read, the value before stays."""

    def __init__(
        self,
        read: Callable[[], T],
        files: Callable[[], Iterable[Path]],
        broken: type[Exception],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Read for the first time, and raise what ``read`` raises; later, what is ``broken`` is logged."""
        self._read = read
        self._files = files
        self._broken = broken
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._stamp = self._look()
        self._looked_at = monotonic()
        self._value = read()

    @property
    def value(self) -> T:
        """The value of the files as they were a moment ago."""
        if self._monotonic() - self._looked_at >= LOOK_EVERY_S:
            with self._lock:
                self._refresh()
        return self._value

    def _refresh(self) -> None:
        self._looked_at = self._monotonic()
        stamp = self._look()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._value = self._read()
        except self._broken as error:
            log.error("files not read again, what was read before stays in use: %s", error)

    def _look(self) -> tuple[tuple[str, int, int], ...]:
        found = []
        for path in self._files():
            try:
                stat = path.stat()
            except FileNotFoundError:
                continue
            found.append((str(path), stat.st_mtime_ns, stat.st_size))
        return tuple(sorted(found))
