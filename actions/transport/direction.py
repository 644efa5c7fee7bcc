"""Which way: the direction that was named, or the other one than was shown before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from actions.city.models import Departure
from actions.transport.wording import headsigns_of

#: The value of the entity ``direction`` for "the other way".
REVERSE: Final = "reverse"


@dataclass(frozen=True)
class Shown:
    """What the last board was about."""

    stop: str | None = None
    line: str | None = None
    headsigns: frozenset[str] = frozenset()

    @classmethod
    def read(cls, memory: dict[str, Any]) -> Shown:
        """Return what an answer remembered of itself."""
        headsigns = frozenset(str(each) for each in memory.get("headsigns") or ())
        return cls(stop=memory.get("stop"), line=memory.get("line"), headsigns=headsigns)

    def written(self) -> dict[str, Any]:
        """Return it as a slot keeps it."""
        return {"stop": self.stop, "line": self.line, "headsigns": sorted(self.headsigns)}


def other_way(items: Sequence[Departure], shown: Shown) -> list[Departure]:
    """Return the departures that go elsewhere than what was shown; all of them where nothing was shown.

    Lines that were not on the board have no "other way" and are left out.
    """
    lines = {item.line.short_name for item in items if item.headsign.fr in shown.headsigns}
    return [
        item
        for item in items
        if item.headsign.fr not in shown.headsigns and (not lines or item.line.short_name in lines)
    ]


def is_one_way(items: Sequence[Departure]) -> bool:
    """Tell whether departures all go to one place."""
    return len(headsigns_of(items)) == 1
