"""stop_times.txt: the calls of each trip, checked, put in order and with missing times filled in."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import le, lt

from services.feeds.gtfs.archive import Archive
from services.feeds.gtfs.errors import UnusableFeedError
from services.feeds.gtfs.model import TripCalls
from services.feeds.gtfs.problems import Problems
from services.feeds.gtfs.tables import read_table
from services.feeds.gtfs.values import Times, parse_count

_FILE = "stop_times.txt"
_NO_TIME = -1
#: What is kept of a row: sequence, arrival, departure, stop, kinds, headsign, line.
_FIELDS = 7
_Row = tuple[int, ...]


class _Kinds(dict[tuple[str, str], int]):
    """pickup_type * 4 + drop_off_type by their texts; raises ValueError."""

    def __missing__(self, texts: tuple[str, str]) -> int:
        pickup, drop_off = (parse_count(text, 0) for text in texts)
        if pickup > 3 or drop_off > 3:
            raise ValueError("pickup_type and drop_off_type go from 0 to 3")
        self[texts] = pickup * 4 + drop_off
        return self[texts]


class _Sequences(dict[str, int]):
    """Whole numbers by their texts; raises ValueError."""

    def __missing__(self, text: str) -> int:
        self[text] = parse_count(text)
        return self[text]


@dataclass
class Calls:
    """All calls of a feed as read, and what they index."""

    raw: dict[str, array[int]]
    stops: list[str]
    headsigns: list[str]
    rows: int
    problems: Problems

    def by_trip(self) -> Iterator[TripCalls]:
        """Yield each trip's calls, once: what was read is let go of on the way.

        Raises UnusableFeedError at the end where no trip calls at two stops.
        """
        found = False
        while self.raw:
            trip, raw = self.raw.popitem()
            calls = _in_order(trip, raw, self.problems)
            if calls is not None:
                found = True
                yield calls
        if not found:
            raise UnusableFeedError("no_trips", "stop_times.txt has no trip that calls at two stops.")


def read_calls(
    archive: Archive,
    problems: Problems,
    trips: Collection[str],
    stops: Collection[str],
    tell: Callable[[int], None],
) -> Calls:
    """Return every sound row of stop_times.txt; ``tell`` is called now and then with the number of rows read."""
    raw: dict[str, array[int]] = {}
    stop_index: dict[str, int] = {}
    headsign_index: dict[str, int] = {"": 0}
    times, kinds, sequences = Times(), _Kinds(), _Sequences()
    current, calls = "", array("i")
    count = 0
    required = ("trip_id", "stop_sequence")
    optional = ("arrival_time", "departure_time", "stop_id", "pickup_type", "drop_off_type", "stop_headsign")
    for line, row in read_table(archive, _FILE, problems, required, optional):
        trip, sequence, arrival_text, departure_text, stop, pickup, drop_off, headsign = row
        count += 1
        if not count & 0x1FFFF:
            tell(count)
        if trip != current:
            if trip not in trips and (trip := trip.strip()) not in trips:
                problems.add(_FILE, line, "trip_id is not in trips.txt", trip)
                continue
            current, calls = trip, raw.setdefault(trip, array("i"))
        index = stop_index.get(stop)
        if index is None:
            if (stop := stop.strip()) not in stops:
                _report_stop(problems, line, stop)
                continue
            index = stop_index.setdefault(stop, len(stop_index))
        sign = headsign_index.get(headsign)
        if sign is None:
            sign = headsign_index.setdefault(headsign.strip(), len(headsign_index))
        try:
            arrival, departure = times[arrival_text], times[departure_text]
            if departure is None:
                departure = arrival
            elif arrival is None:
                arrival = departure
            if arrival is None or departure is None:
                arrival = departure = _NO_TIME
            elif departure < arrival:
                problems.add(_FILE, line, "departure_time is before arrival_time", f"{arrival_text}, {departure_text}")
                continue
            calls.extend((sequences[sequence], arrival, departure, index, kinds[pickup, drop_off], sign, line))
        except ValueError as error:
            field = _field_at_fault(arrival_text, departure_text, sequence)
            problems.add(_FILE, line, field, str(error))
    tell(count)
    return Calls(raw, list(stop_index), list(headsign_index), count, problems)


def _field_at_fault(arrival: str, departure: str, sequence: str) -> str:
    """Return the name of the field of a row that cannot be read."""
    times = Times()
    for field, text, read in (
        ("arrival_time", arrival, times.__getitem__),
        ("departure_time", departure, times.__getitem__),
        ("stop_sequence", sequence, parse_count),
    ):
        try:
            read(text)
        except ValueError:
            return field
    return "pickup_type or drop_off_type"


def _report_stop(problems: Problems, line: int, stop: str) -> None:
    if stop:
        problems.add(_FILE, line, "stop_id is not a stop or station of stops.txt", stop)
    else:
        problems.note(_FILE, line, "no stop_id (flexible services are not read)")


def _in_order(trip: str, raw: array[int], problems: Problems) -> TripCalls | None:
    """Return a trip's calls by stop_sequence, or None (reported) where fewer than two can be used."""
    if not _is_sound(raw):
        raw = _mended(raw, problems)
    if len(raw) < 2 * _FIELDS:
        problems.note(_FILE, raw[-1] if raw else None, "a trip with fewer than two usable calls is left out", trip)
        return None
    return TripCalls(trip, *(raw[field::_FIELDS] for field in range(_FIELDS - 1)))


def _is_sound(raw: array[int]) -> bool:
    """Tell whether the rows are in order, all timed, and never go back in time: nearly always so."""
    sequences, arrivals, departures = raw[0::_FIELDS], raw[1::_FIELDS], raw[2::_FIELDS]
    return (
        _NO_TIME not in arrivals and all(map(lt, sequences, sequences[1:])) and all(map(le, departures, arrivals[1:]))
    )


def _mended(raw: array[int], problems: Problems) -> array[int]:
    rows = sorted(zip(*([iter(raw)] * _FIELDS), strict=True))
    rows = _without_repeats(rows, problems)
    rows = _untangled(_timed(rows, problems), problems)
    return array("i", [number for row in rows for number in row])


def _without_repeats(rows: list[_Row], problems: Problems) -> list[_Row]:
    kept: list[_Row] = []
    for row in rows:
        if kept and row[0] == kept[-1][0]:
            problems.add(_FILE, row[-1], "stop_sequence is there twice in its trip", str(row[0]))
        else:
            kept.append(row)
    return kept


def _timed(rows: list[_Row], problems: Problems) -> list[_Row]:
    """Return the rows with missing times spread evenly between the calls that have one.

    Calls before the first time or after the last cannot be placed and are left out (reported).
    """
    known = [n for n, row in enumerate(rows) if row[1] != _NO_TIME]
    if len(known) == len(rows):
        return rows
    for row in rows[: known[0]] + rows[known[-1] + 1 :] if known else rows:
        problems.add(_FILE, row[-1], "arrival_time: the first and last call of a trip need one")
    filled: list[_Row] = []
    for left, right in pairwise(known):
        filled.append(rows[left])
        start, end = rows[left][2], rows[right][1]
        for n in range(left + 1, right):
            at = start + (end - start) * (n - left) // (right - left)
            filled.append((rows[n][0], at, at, *rows[n][3:]))
    return filled + [rows[n] for n in known[-1:]]


def _untangled(rows: list[_Row], problems: Problems) -> list[_Row]:
    """Return the rows without those that go back in time (reported)."""
    last = _NO_TIME
    kept = []
    for row in rows:
        if row[1] < last:
            problems.add(_FILE, row[-1], "arrival_time is before the departure from the stop before")
            continue
        last = row[2]
        kept.append(row)
    return kept
