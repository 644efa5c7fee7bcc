"""Where a dossier stands on a day, and what comes next by when; from its dates first, then from the register's word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from services.city.permits.dossiers.facts import Limit, LimitFacts, Stage, Step

State = Literal["done", "now", "planned", "not_known"]

#: Stages that the register's word for the state decides, whatever the dates say.
_ENDED: Final[dict[str, Stage]] = {"accepted": "accepted", "refused": "refused", "abandoned": "abandoned"}


@dataclass(frozen=True)
class Course:
    """The days of a dossier; None where they are not known."""

    planning: bool
    status: str | None
    received: date | None = None
    acknowledged: date | None = None
    inquiry_start: date | None = None
    inquiry_end: date | None = None
    consultation: date | None = None
    decided: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class StepState:
    """A step of the course: its first and last day, and how far it is."""

    id: Step
    first: date | None
    last: date | None
    state: State


@dataclass(frozen=True)
class Due:
    """The day by which the next thing happens; ``limit`` is the rule that it comes from, None for an announced day."""

    by: date
    limit: Limit | None
    overdue: bool


def stage(course: Course, today: date) -> Stage:
    """Return the stage on a day."""
    ended = _ENDED.get(course.status or "")
    if ended is None and course.decided and course.decided <= today:
        ended = "decided"
    if ended in ("accepted", "decided") and course.valid_until and course.valid_until < today:
        return "expired"
    return ended or _under_way(course, today)


def _under_way(course: Course, today: date) -> Stage:
    if course.inquiry_end:
        if course.inquiry_start and today < course.inquiry_start:
            return "inquiry_planned"
        if today <= course.inquiry_end:
            return "inquiry"
    if course.consultation:
        return "consultation" if today <= course.consultation else "deciding"
    if course.inquiry_end:
        return "consultation"
    if course.acknowledged:
        return "examined"
    return "received" if course.received else "unknown"


def due(course: Course, now: Stage, limits: Mapping[Limit, LimitFacts], today: date) -> Due | None:
    """Return by when the next thing happens; None where no rule and no announcement says so.

    Time limits are those of planning permits; an environmental permit's depend on its class, which is not known.
    """
    announced = {
        "inquiry_planned": course.inquiry_start,
        "inquiry": course.inquiry_end,
        "consultation": course.consultation,
    }.get(now)
    if announced:
        return Due(announced, None, overdue=False)
    if now in ("accepted", "decided") and course.valid_until:
        return Due(course.valid_until, None, overdue=False)
    if not course.planning:
        return None
    rule: tuple[Limit, date | None] | None = None
    if now == "received":
        rule = "acknowledgement", course.received
    elif now == "examined":
        rule = "decision", course.acknowledged
    elif now in ("deciding", "consultation"):
        rule = "decision_after_inquiry", course.acknowledged
    if rule is None or rule[1] is None or rule[0] not in limits:
        return None
    by = rule[1] + timedelta(days=limits[rule[0]].days)
    return Due(by, rule[0], overdue=by < today)


def steps(course: Course, today: date) -> list[StepState]:
    """Return the steps that the dossier goes through, in their order, each with its days."""
    spans: list[tuple[Step, date | None, date | None]] = [
        ("submission", course.received, course.received),
        ("acknowledgement", course.acknowledged, course.acknowledged),
        ("inquiry", course.inquiry_start, course.inquiry_end),
        ("consultation", course.consultation, course.consultation),
        ("decision", course.decided, course.decided),
        ("validity", course.decided if course.valid_until else None, course.valid_until),
    ]
    shown = [span for span in spans if span[0] in ("submission", "acknowledgement", "decision") or span[1] or span[2]]
    return [StepState(step, first, last, _state(first, last, today)) for step, first, last in shown]


def _state(first: date | None, last: date | None, today: date) -> State:
    start, end = first or last, last or first
    if start is None or end is None:
        return "not_known"
    if end < today or (start == end and end <= today):
        return "done"
    return "planned" if start > today else "now"
