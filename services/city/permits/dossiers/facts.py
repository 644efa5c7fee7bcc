"""The words for stages and time limits, as the importer checks them and the database keeps them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from services.city.permits.facts import Dated, Facts, Text, Words

#: The stages in which a dossier can be; ``services.city.permits.dossiers.stages`` says which one it is in.
Stage = Literal[
    "received",
    "examined",
    "inquiry_planned",
    "inquiry",
    "consultation",
    "deciding",
    "accepted",
    "refused",
    "decided",
    "abandoned",
    "expired",
    "unknown",
]
Step = Literal["submission", "acknowledgement", "inquiry", "consultation", "decision", "validity"]
Limit = Literal["acknowledgement", "decision", "decision_after_inquiry"]


class StageWords(Facts):
    """A stage in words: its name, what it means, and what comes next (None: nothing does)."""

    name: Text
    meaning: Text
    next: Text | None = None


class LimitFacts(Facts):
    """A time limit in days, counted from the step before it."""

    days: Annotated[int, Field(ge=1, le=1000)]
    rule: Text


class StagesFacts(Dated):
    """All there is to say about the course of a dossier."""

    sample: bool
    owner: Words
    as_of: date
    stages: dict[Stage, StageWords]
    steps: dict[Step, Text]
    limits: dict[Limit, LimitFacts]
    kinds: dict[Literal["PlanningPermits", "EnvironmentalPermits"], Text]
    reacting: Text
