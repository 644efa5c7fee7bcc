"""The arrays that a search runs over; compiled code takes them as they are.

Compiled code is kept on disk for as long as ``kernel.py`` is the same: whoever changes a shape here, or the numbers of
``labels``, changes something there too.

``first_…`` arrays have one entry more than there are things: those of number ``n`` lie from ``first[n]`` up to, not
including, ``first[n + 1]``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]
#: As in GTFS: 0 unknown, 1 yes, 2 no.
Access = NDArray[np.uint8]


class Routes(NamedTuple):
    """Trips with the same calls, of which none overtakes another, with their times.

    ``times`` holds, trip by trip from ``first_time`` on, when each call is left; ``boards`` and ``alights`` where one
    may get on and off; ``passing`` by stop the (route, position) of each call there.
    """

    first_call: Ints
    stop_of: Ints
    boards: Flags
    alights: Flags
    first_trip: Ints
    first_time: Longs
    times: Ints
    trip_access: Access
    first_passing: Longs
    passing: Ints


class Walks(NamedTuple):
    """Ways on foot from stop to stop, at most one between two; ``cost`` is a label's seconds and metres."""

    first: Longs
    to: Ints
    cost: Longs


class Rules(NamedTuple):
    """What a search may use: ``allowed`` wheelchair values (0, 1, 2) and ``wanted`` routes, walks between stops up to
    ``walk_limit_m``, and so many rides; a change takes ``change_s`` besides the walk."""

    allowed: Flags
    wanted: Flags
    walk_limit_m: int
    most_rides: int
    change_s: int
