"""Parts of streets: the house numbers between two, on one side or both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Side = Literal["both", "odd", "even"]


@dataclass(frozen=True)
class Part:
    """House numbers of a street; None is an open end, and both None with side ``both`` is the whole street."""

    number_from: int | None = None
    number_to: int | None = None
    side: Side = "both"

    @property
    def whole(self) -> bool:
        """Whether every number of the street is in it."""
        return self.number_from is None and self.number_to is None and self.side == "both"

    def holds(self, number: int) -> bool:
        """Tell whether a house number, without its suffix, is in this part."""
        return (
            (self.number_from is None or number >= self.number_from)
            and (self.number_to is None or number <= self.number_to)
            and (self.side == "both" or (number % 2 == 1) == (self.side == "odd"))
        )

    def overlaps(self, other: Part) -> bool:
        """Tell whether a house number can be in both."""
        low = max(self.number_from or 1, other.number_from or 1)
        ends = [end for end in (self.number_to, other.number_to) if end is not None]
        # Of two numbers in a row one is odd and one is even: no more need be tried.
        high = min([low + 1, *ends])
        return any(self.holds(number) and other.holds(number) for number in range(low, high + 1))

    def __str__(self) -> str:
        if self.number_from is None and self.number_to is None:
            numbers = "all numbers"
        else:
            numbers = f"{'' if self.number_from is None else self.number_from}–{self.number_to or ''}"
        return numbers if self.side == "both" else f"{numbers} {self.side}"
