"""How sure a measured share is, and whether two runs on the same cases differ by more than chance."""

from __future__ import annotations

import math
from statistics import NormalDist


def wilson(held: int, of: int, *, level: float = 0.95) -> tuple[float, float]:
    """Return the interval, in per cent, in which the true share lies; (0, 100) of nothing.

    Wilson's score interval (Wilson 1927), which keeps its level for shares near 0 and 100 and for few cases.
    """
    if not 0 <= held <= of:
        raise ValueError(f"{held} of {of} is no share")
    if of == 0:
        return 0.0, 100.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = held / of
    middle = share + z * z / (2 * of)
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    return 100 * max(0.0, (middle - spread) / scale), 100 * min(1.0, (middle + spread) / scale)


def mcnemar(gained: int, lost: int) -> float:
    """Return the probability of so uneven a change by chance alone, two-sided.

    McNemar's test in its exact form: only cases whose outcome changed say anything, and by chance each goes either way
    like a coin.
    """
    if gained < 0 or lost < 0:
        raise ValueError("counts of changes are not negative")
    changed = gained + lost
    rarer = sum(math.comb(changed, count) for count in range(min(gained, lost) + 1))
    return min(1.0, rarer / (1 << (changed - 1))) if changed else 1.0
