"""What the desk needs to know of today: disturbances of lines, and collections that a holiday moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kit.languages import Language
from services.desk.helping import Source


@dataclass(frozen=True)
class Disruption:
    """A message for travellers; ``language`` is that of its words, another one than asked for where that is missing."""

    title: str | None
    text: str
    language: Language
    #: The lines that it is about, as people call them.
    lines: tuple[str, ...]
    url: str | None


@dataclass(frozen=True)
class Shift:
    """A holiday without rounds; ``moved_to`` is None where they are dropped."""

    day: date
    moved_to: date | None
    name: str


@dataclass(frozen=True)
class Today:
    """What is on today; of each part, whose facts they are and of when, and None for a part that could not be had."""

    disruptions: Sequence[Disruption] | None = ()
    shifts: Sequence[Shift] | None = ()
    said_by: Source | None = None
    moved_by: Source | None = None

    @property
    def is_on(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.disruptions or self.shifts) or self.down

    @property
    def down(self) -> bool:
        """Whether a part could not be had."""
        return self.disruptions is None or self.shifts is None


class CityToday(Protocol):
    """Tells what is on."""

    async def today(self, on: date, language: Language) -> Today:
        """Return what is on; what cannot be had is None in it."""
        ...
