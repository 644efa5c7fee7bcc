"""Passings without trip ids are matched to the timetable as a traveller would."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.city.transport.realtime.matching import EARLIEST_S, LATEST_S, Point, matched

MINUTE = 60


def points(*minutes: float, names: str = "", measured: bool = True) -> list[Point]:
    return [Point(round(each * MINUTE), frozenset(names.split()), measured) for each in minutes]


def test_the_nearest_departure_is_the_one() -> None:
    assert matched(points(21, 25), points(16, 20, 24, 28)) == [1, 2]


def test_a_delay_longer_than_the_headway_keeps_the_order() -> None:
    # Two vehicles, 3 and 2 minutes late, on a line every 10 minutes.
    assert matched(points(13, 22), points(0, 10, 20, 30)) == [1, 2]


def test_late_is_likelier_than_early() -> None:
    assert matched(points(14), points(8, 18)) == [0]


def test_a_vehicle_far_from_every_departure_stays_alone() -> None:
    assert matched(points(50), points(10)) == [None]
    assert matched(points(4), points(10)) == [None]


def test_another_destination_is_taken_where_nothing_else_is_near() -> None:
    scheduled = [*points(10, names="forest"), *points(12, names="midi")]
    assert matched(points(11, names="midi"), scheduled) == [1]
    assert matched(points(11, names="montgomery"), scheduled) == [0]


def test_a_theoretical_time_is_the_scheduled_one_or_none() -> None:
    assert matched(points(10, measured=False), points(10.5, 11)) == [0]
    assert matched(points(10, measured=False), points(13)) == [None]


def test_nothing_matches_nothing() -> None:
    assert matched([], points(1)) == []
    assert matched(points(1), []) == [None]


times = st.lists(st.integers(0, 7_200), max_size=8).map(sorted)


@given(passing=times, scheduled=times)
def test_no_departure_is_given_twice_and_the_order_is_kept(passing: list[int], scheduled: list[int]) -> None:
    found = matched([Point(each, frozenset()) for each in passing], [Point(each, frozenset()) for each in scheduled])
    taken = [index for index in found if index is not None]
    assert len(found) == len(passing)
    assert all(one < other for one, other in pairwise(taken))
    for at, index in zip(passing, found, strict=True):
        assert index is None or -EARLIEST_S <= at - scheduled[index] <= LATEST_S


@given(scheduled=times, late=st.integers(0, 240))
def test_a_timetable_that_is_all_equally_late_is_matched_whole(scheduled: list[int], late: int) -> None:
    known = [Point(600 * position, frozenset()) for position, _ in enumerate(scheduled)]
    assert matched([Point(each.at_s + late, frozenset()) for each in known], known) == list(range(len(known)))
