"""What can be brought to a drop-off point."""

from __future__ import annotations

from typing import Final, Literal, get_args

Material = Literal["glass", "clothes", "oil", "batteries", "electricals", "chemicals"]

MATERIALS: Final[tuple[Material, ...]] = get_args(Material)
