"""A question that residents asked and that somebody should look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from kit.languages import Language

#: Why somebody should look at it.
Reason = Literal[
    "not_understood", "unsure", "out_of_scope", "corrected", "thumbs_down", "handed_over", "reported", "failed"
]
REASONS: Final = get_args(Reason)


@dataclass(frozen=True)
class Question:
    """What was typed, without personal data, and what the assistant made of it."""

    id: str
    text: str
    language: Language | None
    at: datetime
    channel: str
    intent: str
    guess: str | None
    second: str | None
    confidence: float | None
    outcome: str
    reasons: frozenset[Reason]
