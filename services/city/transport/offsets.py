"""How a timing's offsets are stored: seconds from the trip's start to each departure, 4 bytes each.

Little-endian signed integers, so that the offset of one call is a fixed slice of the blob which the database can cut
out itself (:data:`SIZE` bytes from ``position * SIZE``). The last call's is its arrival.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Final

SIZE: Final = 4


def pack(offsets_s: Sequence[int]) -> bytes:
    """Return the offsets as they are stored."""
    return struct.pack(f"<{len(offsets_s)}i", *offsets_s)


def unpack(stored: bytes) -> tuple[int, ...]:
    """Return stored offsets, or the one of a slice."""
    return struct.unpack(f"<{len(stored) // SIZE}i", stored)
