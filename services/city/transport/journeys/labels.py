"""Labels of the search: a time and the metres walked so far in one integer, so that one comparison orders both.

Of two ways to be somewhere at the same second, the one with less walking has the smaller label.
"""

from __future__ import annotations

from typing import Final

BITS: Final = 20
WALK: Final = (1 << BITS) - 1
#: Later than any time in a window.
NEVER: Final = 1 << 62


def label(time_s: int, walk_m: int = 0) -> int:
    """Return the label of a time and a walk; also what a walk adds to one: its seconds and its metres."""
    return time_s << BITS | walk_m


def time_of(value: int) -> int:
    """Return a label's seconds."""
    return value >> BITS
