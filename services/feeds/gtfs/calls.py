"""All calls of a feed as columns of numbers, given trip by trip, in order and sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.feeds.gtfs.errors import UnusableFeedError
from services.feeds.gtfs.mending import NO_TIME, Call, mended
from services.feeds.gtfs.problems import Problems

_FILE: Final = "stop_times.txt"
_Numbers = NDArray[np.int32]


class TripCalls(NamedTuple):
    """The calls of one trip in order; ``stops``, ``kinds`` and ``offsets`` are packed, a number of 4 bytes a call.

    ``offsets`` are the seconds from the trip's start to each departure, at the last call to the arrival; ``kinds`` are
    pickup_type * 4 + drop_off_type; ``headsigns`` is empty where no call has one.
    """

    trip: str
    start_s: int
    offsets: bytes
    stops: bytes
    kinds: bytes
    headsigns: Sequence[int]
    sequences: Sequence[int]


def unpacked(packed: bytes) -> list[int]:
    """Return the numbers of a packed column."""
    numbers: list[int] = np.frombuffer(packed, "<i4").tolist()
    return numbers


@dataclass
class Calls:
    """All calls as read; ``columns`` are number of trip, sequence, arrival, departure, stop, kind, headsign, line."""

    trips: list[str]
    stops: list[str]
    headsigns: list[str]
    columns: NDArray[np.int32]
    rows: int
    problems: Problems

    def by_trip(self) -> Iterator[TripCalls]:
        """Yield each trip's calls; raises UnusableFeedError at the end where no trip calls at two stops."""
        found = False
        if self.columns.shape[1]:
            for calls in self._by_trip():
                found = True
                yield calls
        if not found:
            raise UnusableFeedError("no_trips", "stop_times.txt has no trip that calls at two stops.")

    def _by_trip(self) -> Iterator[TripCalls]:
        self._put_in_order()
        trips, sequences, arrivals, departures, *_ = self.columns
        starts = _starts(trips)
        ends = np.append(starts[1:], len(trips))
        unsound = _unsound(self.columns, starts)
        offsets = departures - np.repeat(departures[starts], ends - starts)
        offsets[ends - 1] += arrivals[ends - 1] - departures[ends - 1]
        packed = [column.astype("<i4").tobytes() for column in (offsets, self.columns[4], self.columns[5])]
        signs = self.columns[6]
        have_signs = np.logical_or.reduceat(signs != 0, starts).tolist()
        first_departures = departures[starts].tolist()
        for n, (start, end, number) in enumerate(
            zip(starts.tolist(), ends.tolist(), trips[starts].tolist(), strict=True)
        ):
            if unsound[n] or end - start < 2:
                calls = self._mended(start, end)
                if calls is not None:
                    yield calls
                continue
            part = slice(4 * start, 4 * end)
            own = (signs[start:end].tolist(), sequences[start:end].tolist()) if have_signs[n] else ((), ())
            yield TripCalls(self.trips[number], first_departures[n], *(column[part] for column in packed), *own)

    def _put_in_order(self) -> None:
        """Sort by trip and sequence, unless the rows come so already."""
        trips, sequences = self.columns[0], self.columns[1]
        same = trips[1:] == trips[:-1]
        if (same & (sequences[1:] < sequences[:-1])).any() or len(np.unique(trips)) != 1 + np.count_nonzero(~same):
            self.columns = self.columns[:, np.lexsort((sequences, trips))]

    def _mended(self, start: int, end: int) -> TripCalls | None:
        trip = self.trips[self.columns[0, start]]
        rows = mended([Call(*row) for row in self.columns[1:, start:end].T.tolist()], self.problems)
        if len(rows) < 2:
            line = rows[-1].line if rows else None
            self.problems.note(_FILE, line, "a trip with fewer than two usable calls is left out", trip)
            return None
        start_s = rows[0].departure
        offsets = [row.departure - start_s for row in rows[:-1]] + [rows[-1].arrival - start_s]
        columns = (offsets, [row.stop for row in rows], [row.kind for row in rows])
        signs = [row.headsign for row in rows]
        own = (signs, [row.sequence for row in rows]) if any(signs) else ((), ())
        return TripCalls(trip, start_s, *(np.array(column, "<i4").tobytes() for column in columns), *own)


def _starts(trips: _Numbers) -> NDArray[np.int64]:
    return np.append(0, np.flatnonzero(trips[1:] != trips[:-1]) + 1)


def _unsound(columns: NDArray[np.int32], starts: NDArray[np.int64]) -> list[bool]:
    """Tell of each trip whether a sequence is there twice, a time is missing or goes back."""
    trips, sequences, arrivals, departures, *_ = columns
    same = trips[1:] == trips[:-1]
    wrong = arrivals == NO_TIME
    wrong[1:] |= same & ((sequences[1:] <= sequences[:-1]) | (arrivals[1:] < departures[:-1]))
    unsound: list[bool] = np.logical_or.reduceat(wrong, starts).tolist()
    return unsound
