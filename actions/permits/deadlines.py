"""The last day on which to ask for a day: of a move, of a skip, of an event."""

from __future__ import annotations

from datetime import date

from actions.city.models import Deadline
from actions.speech import on_day
from kit.replies import DateStyle, Part, day, text


def deadline_sentence(deadline: Deadline, today: date) -> Part:
    """Return until when to ask: by a rule, by what is early enough where no rule is known, or that it is too late."""
    if deadline.passed:
        reply = "deadline_passed"
    else:
        reply = "deadline_rule" if deadline.lead_time.kind == "rule" else "deadline_advice"
    return text(reply, day=_for_day(deadline.day, today), last=on_day(deadline.last_day_to_ask, today))


def _for_day(value: date, today: date) -> Part:
    """Return what it is for: "pour demain mardi 24 novembre", "pour le jeudi 26 novembre"; of another year, with it."""
    style: DateStyle = "relative" if value.year == today.year else "full"
    return text("for_near_day" if 0 <= (value - today).days <= 1 else "for_day", day=day(value, style))
