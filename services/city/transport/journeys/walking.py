"""How far and how long people walk: straight lines, made longer.

Nobody walks through houses. Without a map of pavements, a straight line times :data:`DETOUR` stands for the way; that
is an assumption for a European street grid, not a measurement of Brussels. The speed is the 80 metres a minute
(4.8 km/h) that Transport for London's PTAL assumes for walks to stops.
"""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from services.city.core.geo import EARTH_RADIUS_M, distance_m

DETOUR: Final = 1.3
METRES_PER_MINUTE: Final = 80
#: Longest walk from one stop to another between two vehicles.
BETWEEN_STOPS_M: Final = 600
#: What a change takes besides the walk: to get off, to look around, to be there when the doors open.
CHANGE_S: Final = 60

Degrees = NDArray[np.float64] | np.float64


def metres(lat: float, lon: float, other_lat: float, other_lon: float) -> int:
    """Return how far one walks from one point to another."""
    return math.ceil(DETOUR * distance_m(lat, lon, other_lat, other_lon))


def seconds(walk_m: int) -> int:
    """Return how long a walk takes."""
    return math.ceil(walk_m * 60 / METRES_PER_MINUTE)


def between(lat: Degrees, lon: Degrees, other_lat: Degrees, other_lon: Degrees) -> Any:
    """Return how far one walks, as :func:`metres`, for many points at once; ``nan`` where one lies nowhere."""
    height = np.sin(np.radians(other_lat - lat) / 2) ** 2
    width = np.sin(np.radians(other_lon - lon) / 2) ** 2
    chord = height + np.cos(np.radians(lat)) * np.cos(np.radians(other_lat)) * width
    return np.ceil(DETOUR * 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, chord))))
