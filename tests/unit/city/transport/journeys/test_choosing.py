"""Which of many ways are told."""

from __future__ import annotations

import pytest

from services.city.transport.journeys.choosing import choose
from services.city.transport.journeys.raptor import Path, Ride


def way(departs: int, arrives: int, rides: int = 1, walk_m: int = 0) -> Path:
    """Return a way by its times in minutes."""
    ride = Ride(route=0, trip=0, boarded=0, left=1, times_s=(departs * 60, arrives * 60), from_stop=0, to_stop=1)
    return Path(departs * 60, arrives * 60, (ride,) * rides, (walk_m, *(0,) * rides))


def told(found: list[Path], *, walk: Path | None = None, arrive: bool = False, limit: int = 3) -> list[int]:
    """Return which of the ways are told, by number."""
    chosen = choose([*found, *([walk] if walk else [])], walk, arrive, limit)
    return [found.index(path) if path in found else -1 for path in chosen]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([way(0, 20), way(0, 21)], [0]),
        ([way(0, 20), way(1, 20)], [1]),
        ([way(0, 20, rides=2), way(0, 20, rides=1)], [1]),
        ([way(0, 20, rides=2), way(0, 25, rides=1)], [0, 1]),
        ([way(0, 20), way(5, 25)], [0, 1]),
        ([way(0, 20, walk_m=900), way(0, 25, walk_m=100)], [0, 1]),
        ([way(0, 20, walk_m=250), way(0, 25, walk_m=100)], [0]),
        ([way(0, 20), way(0, 20)], [0]),
        ([], []),
    ],
    ids=[
        "later arrival",
        "earlier departure",
        "more rides",
        "fewer rides are worth minutes",
        "the next departure",
        "a shorter walk is worth minutes",
        "a slightly shorter walk is not",
        "the same twice",
        "nothing",
    ],
)
def test_a_way_is_told_for_its_own_advantage(found: list[Path], expected: list[int]) -> None:
    assert told(found) == expected


def test_the_earliest_arrival_is_always_told() -> None:
    hectic = way(0, 20, rides=5, walk_m=2_000)
    assert told([way(1, 21), way(2, 22), way(3, 23), hectic], limit=2) == [3, 0]


def test_the_latest_departure_is_always_told_and_first() -> None:
    hectic = way(40, 60, rides=5, walk_m=2_000)
    assert told([way(38, 58), way(39, 59), hectic], arrive=True, limit=2) == [2, 1]


def test_what_is_far_later_than_the_best_is_for_another_time() -> None:
    assert told([way(0, 20), way(70, 81)]) == [0]
    assert told([way(0, 20), way(70, 79)]) == [0, 1]
    assert told([way(0, 120, rides=2), way(100, 235)]) == [0, 1]


def test_fewer_changes_and_shorter_walks_come_before_speed() -> None:
    best, hectic, calm = way(0, 20, rides=3), way(2, 22, rides=3), way(3, 25, rides=1)
    assert told([best, hectic, calm], limit=2) == [0, 2]


@pytest.mark.parametrize(
    ("ride", "expected"),
    [
        (way(5, 20, walk_m=600), [-1]),
        (way(5, 20, walk_m=100), [-1, 0]),
        (way(5, 10, walk_m=600), [0, -1]),
    ],
    ids=["as slow and as far", "as slow, far less walking", "quicker"],
)
def test_a_walk_as_quick_as_a_ride_replaces_it(ride: Path, expected: list[int]) -> None:
    on_foot = Path(0, 12 * 60, (), (700,))
    assert told([ride], walk=on_foot) == expected
