"""stop_times.txt as columns of numbers: a million rows are read column by column, and only rows at fault one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from services.feeds.gtfs.archive import Archive
from services.feeds.gtfs.calls import Calls
from services.feeds.gtfs.mending import NO_TIME
from services.feeds.gtfs.problems import Problems
from services.feeds.gtfs.tables import read_columns
from services.feeds.gtfs.values import parse_count, parse_time

_FILE: Final = "stop_times.txt"
_REQUIRED: Final = ("trip_id", "stop_sequence")
_OPTIONAL: Final = ("arrival_time", "departure_time", "stop_id", "pickup_type", "drop_off_type", "stop_headsign")
_WRONG: Final = -2
_MOST_KINDS: Final = 3

_Numbers = NDArray[np.int32]


class _Known(dict[str, int]):
    """Numbers by their texts, each worked out once; ``_WRONG`` for a text that has none."""

    def __init__(self, read: Callable[[str], int | None]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> int:
        try:
            value = self._read(text)
        except ValueError:
            return _WRONG  # not kept: there may be millions, each different
        self[text] = NO_TIME if value is None else value
        return self[text]

    def column(self, texts: Sequence[str]) -> _Numbers:
        """Return the number of each text."""
        return np.fromiter(map(self.__getitem__, texts), np.int32, len(texts))


class _Reading:
    """Turns columns of texts into columns of numbers and reports the rows that cannot be used."""

    def __init__(self, trips: Collection[str], stops: Collection[str], problems: Problems) -> None:
        self.headsigns: dict[str, int] = {"": 0}
        self._problems = problems
        self._trips = _Known(_numbered(trips))
        self._stops = _Known(_numbered(stops))
        self._times = _Known(parse_time)
        self._sequences = _Known(parse_count)
        self._kinds = _Known(_kind)
        self._signs = _Known(lambda text: self.headsigns.setdefault(text.strip(), len(self.headsigns)))

    def read(self, lines: Sequence[int], columns: Sequence[Sequence[str]]) -> NDArray[np.int32]:
        """Return the rows that can be used, as ``Calls.columns``."""
        trip_texts, sequence_texts, arrival_texts, departure_texts, stop_texts, pickups, drop_offs, signs = columns
        trips, stops = self._trips.column(trip_texts), self._stops.column(stop_texts)
        arrivals, departures = self._times.column(arrival_texts), self._times.column(departure_texts)
        arrivals, departures = (
            np.where(arrivals == NO_TIME, departures, arrivals),
            np.where(departures == NO_TIME, arrivals, departures),
        )
        sequences = self._sequences.column(sequence_texts)
        pickup, drop_off = self._kinds.column(pickups), self._kinds.column(drop_offs)
        numbers = (trips, sequences, arrivals, departures, stops, pickup, drop_off)
        wrong = (np.stack(numbers).min(axis=0) == _WRONG) | (departures < arrivals)
        found = np.stack(
            (
                trips,
                sequences,
                arrivals,
                departures,
                stops,
                pickup * 4 + drop_off,
                self._signs.column(signs),
                np.fromiter(lines, np.int32, len(lines)),
            )
        )
        if not wrong.any():
            return found
        for n in np.flatnonzero(wrong).tolist():
            self._report(lines[n], [column[n] for column in columns])
        return found[:, ~wrong]

    def _report(self, line: int, row: Sequence[str]) -> None:
        """Say what is wrong with a row; where several things are, the first of them."""
        trip, sequence, arrival, departure, stop, pickup, drop_off, _ = row
        if self._trips[trip] == _WRONG:
            self._problems.add(_FILE, line, "trip_id is not in trips.txt", trip.strip())
        elif self._stops[stop] == _WRONG and stop.strip():
            self._problems.add(_FILE, line, "stop_id is not a stop or station of stops.txt", stop.strip())
        elif self._stops[stop] == _WRONG:
            self._problems.note(_FILE, line, "no stop_id (flexible services are not read)")
        else:
            for name, text, read in (
                ("arrival_time", arrival, parse_time),
                ("departure_time", departure, parse_time),
                ("stop_sequence", sequence, parse_count),
                ("pickup_type or drop_off_type", pickup, _kind),
                ("pickup_type or drop_off_type", drop_off, _kind),
            ):
                try:
                    read(text)
                except ValueError as error:
                    self._problems.add(_FILE, line, name, str(error))
                    return
            reason = "departure_time is before arrival_time"
            self._problems.add(_FILE, line, reason, f"{arrival}, {departure}")


def read_calls(
    archive: Archive,
    problems: Problems,
    trips: Collection[str],
    stops: Collection[str],
    tell: Callable[[int], None],
) -> Calls:
    """Return every sound row of stop_times.txt; ``tell`` is called now and then with the number of rows read."""
    reading = _Reading(trips, stops, problems)
    parts = [np.empty((8, 0), np.int32)]
    count = 0
    for lines, columns in read_columns(archive, _FILE, problems, _REQUIRED, _OPTIONAL):
        parts.append(reading.read(lines, columns))
        count += len(lines)
        tell(count)
    return Calls(list(trips), list(stops), list(reading.headsigns), np.concatenate(parts, axis=1), count, problems)


def _numbered(ids: Collection[str]) -> Callable[[str], int]:
    """Return what gives the number of an id, also where it stands between blanks."""
    numbers = {key: number for number, key in enumerate(ids)}

    def number(text: str) -> int:
        found = numbers.get(text)
        if found is None:
            found = numbers.get(text.strip(), _WRONG)
        if found == _WRONG:
            raise ValueError(text)
        return found

    return number


def _kind(text: str) -> int:
    value = parse_count(text, 0)
    if value > _MOST_KINDS:
        raise ValueError("pickup_type and drop_off_type go from 0 to 3")
    return value
