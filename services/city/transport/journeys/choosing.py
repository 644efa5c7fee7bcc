"""Which of many ways are worth telling.

One way beats another when it sets out no earlier, arrives no later, takes no more rides and does not ask for much more
walking. Of what nothing beats, the earliest arrival (or latest departure) is always told, and then what costs least: a
minute on the way is a minute, a change as bad as :data:`CHANGE_COST_S`, and walking counts once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from services.city.transport.journeys import walking
from services.city.transport.journeys.raptor import Path

#: Metres that a way has to spare its taker to be told beside one that is better in all else.
SPARED_M: Final = 200
CHANGE_COST_S: Final = 300
#: Ways so much later (or earlier) than the best are for another time of the day; or by as much as the best takes.
LATER_S: Final = 3_600


def choose(found: Iterable[Path], walk: Path | None, arrive: bool, limit: int) -> list[Path]:
    """Return at most ``limit`` ways: by arrival, or where ``arrive`` is set the latest departure first."""

    def lateness_s(path: Path) -> int:
        return -path.departs_s if arrive else path.arrives_s

    def cost(path: Path) -> int:
        on_foot = walking.seconds(path.walk_m)
        return lateness_s(path) + CHANGE_COST_S * max(0, len(path.rides) - 1) + on_foot

    def order(path: Path) -> tuple[int, int, int, int]:
        other_end_s = path.arrives_s if arrive else -path.departs_s
        return lateness_s(path), other_end_s, len(path.rides), path.walk_m

    kept: list[Path] = []
    for path in sorted(found, key=order):
        if not any(_beats(other, path) for other in kept) and not _is_silly(path, walk):
            kept = [other for other in kept if not _beats(path, other)]
            kept.append(path)
    if not kept:
        return []
    best = min(kept, key=order)
    near = [path for path in kept if lateness_s(path) <= lateness_s(best) + slack_s(best) and path is not best]
    return sorted([best, *sorted(near, key=cost)[: limit - 1]], key=order)


def slack_s(best: Path) -> int:
    """Return by how much a way may be later, or earlier, than the best and still be told."""
    return max(LATER_S, best.arrives_s - best.departs_s)


def _beats(one: Path, other: Path) -> bool:
    return (
        one.departs_s >= other.departs_s
        and one.arrives_s <= other.arrives_s
        and len(one.rides) <= len(other.rides)
        and one.walk_m <= other.walk_m + SPARED_M
    )


def _is_silly(path: Path, walk: Path | None) -> bool:
    """Tell whether one who walks all the way is as quick, and does not walk much more."""
    if walk is None or not path.rides:
        return False
    as_quick = walk.arrives_s - walk.departs_s <= path.arrives_s - path.departs_s
    return as_quick and walk.walk_m <= path.walk_m + SPARED_M
