"""Facts with a day in them: a collection that was missed, the day that would suit for a pick-up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from actions.city.errors import CityProblemError
from actions.filing.draft import Draft, Fact, Question, Taken
from actions.filing.fields import Field, choices, picked
from actions.moments.days import Days, parse_days
from actions.services import Services
from actions.speech import on_day
from actions.turn import Turn
from actions.waste.rounds import FRACTIONS
from kit.clock import today
from kit.replies import Part, day, text

#: A collection is reported as missed up to this many days after it.
_LOOK_BACK: Final = 7
_LOOK_AHEAD: Final = 28


class MissedField(Field):
    """Which collection did not take place: one that was due at that address in the last days."""

    name, shown, label = "collection", "filing_collection", "filing_change_collection"
    follows, hints = frozenset({"place"}), frozenset({"hints"})
    answered_by = frozenset({"fraction"})

    async def prepare(self, draft: Draft, services: Services) -> Taken:
        """Check what was due; what the message said chooses among it."""
        due = await self._due(draft, services)
        if isinstance(due, Question):
            return due
        hints = draft.value("hints") or {}
        fitting = _fitting(due, hints.get("fraction"), hints.get("days"))
        if len(fitting) == 1:
            return _fact(*next(iter(fitting.items())))
        return Question("which_filing_collection", **choices({key: label for key, (label, _, _) in due.items()}))

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Note the bag and the day that a message names, until the address tells what was due."""
        fraction, days = turn.entity("fraction"), _past_days(turn, services)
        if fraction is None and days is None:
            return None
        before = draft.value("hints") or {}
        hints = {"fraction": fraction or before.get("fraction"), "days": _spelt(days) or before.get("days")}
        draft.facts["hints"] = Fact(hints)
        if draft.value("place") is None:
            return None
        draft.facts.pop(self.name, None)
        return await self.prepare(draft, services)

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the choice, or the bag or the day that fits one of them."""
        due = await self._due(draft, services)
        if isinstance(due, Question):
            return due
        chosen = picked(turn, draft)
        if chosen in due:
            return _fact(str(chosen), due[str(chosen)])
        days = _past_days(turn, services)
        fraction = turn.entity("fraction")
        if fraction is None and days is None:
            return None
        fitting = _fitting(due, fraction, _spelt(days))
        if len(fitting) == 1:
            return _fact(*next(iter(fitting.items())))
        return Question(
            "which_filing_collection" if fitting else "filing_collection_not_due",
            **choices({key: label for key, (label, _, _) in (fitting or due).items()}),
        )

    def asked(self, draft: Draft) -> Question:
        """Return the question without choices."""
        del draft
        return Question("which_filing_collection")

    async def _due(self, draft: Draft, services: Services) -> dict[str, tuple[Part, str, str]] | Question:
        """Return what was due by a key each: how it is called, its bag and its day; a question where nothing was."""
        now = today(services.clock)
        try:
            found = await services.city.collections(
                draft.value("place")["id"], start=now - timedelta(days=_LOOK_BACK), days=_LOOK_BACK + _LOOK_AHEAD
            )
        except CityProblemError as error:
            return Question("filing_no_rounds", params={"reason": text(_REASONS.get(error.code, "filing_no_calendar"))})
        items = [each for each in found.items if each.fraction in FRACTIONS]
        past = [each for each in items if each.collection_date <= now]
        if past:
            return {
                f"{each.fraction}:{each.collection_date}": (
                    text(
                        "filing_collection_of",
                        bag=text(FRACTIONS[each.fraction]),
                        day=day(each.collection_date),
                    ),
                    each.fraction,
                    each.collection_date.isoformat(),
                )
                for each in reversed(past)
            }
        if not items:
            return Question("filing_no_rounds", params={"reason": text("filing_no_calendar")})
        following = items[0]
        return Question(
            "filing_nothing_was_due",
            params={"bag": text(FRACTIONS[following.fraction]), "day": on_day(following.collection_date, now)},
        )


_REASONS: Final = {"no_rounds_for_place": "filing_no_rounds_here", "house_number_needed": "filing_number_first"}


class DayField(Field):
    """A day to come."""

    name, shown, label = "day", "filing_day", "filing_change_day"

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the day that a message names."""
        del draft
        return self._day(turn, turn.entity("date"), services)

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the day, or that any will do."""
        if picked(turn, draft) == "any" or turn.intent == "deny":
            return Fact(None, text("filing_any_day"))
        return self._day(turn, turn.entity("date") or turn.text or None, services)

    def asked(self, draft: Draft) -> Question:
        """Return the question."""
        del draft
        return Question("ask_filing_day", **choices({"any": text("filing_any_day")}))

    def _day(self, turn: Turn, written: str | None, services: Services) -> Taken:
        now = today(services.clock)
        days = parse_days(written, now, turn.language) if written else None
        if days is None:
            return None
        if not days.single or days.first <= now:
            return Question("filing_day_to_come")
        return Fact(days.first.isoformat(), day(days.first, "full"))


def _past_days(turn: Turn, services: Services) -> Days | None:
    """Return the days that a message names, as days that are past: "on Monday" is last Monday."""
    written, now = turn.entity("date"), today(services.clock)
    days = parse_days(written, now, turn.language) if written else None
    if days is None or days.first <= now:
        return days
    back = timedelta(days=7)
    return Days(days.first - back, days.last - back) if days.first - back <= now else days


def _spelt(days: Days | None) -> list[str] | None:
    return [days.first.isoformat(), days.last.isoformat()] if days else None


def _fitting(
    due: Mapping[str, tuple[Part, str, str]], fraction: str | None, days: list[str] | None
) -> dict[str, tuple[Part, str, str]]:
    span = Days(*map(date.fromisoformat, days)) if days else None
    return {
        key: each
        for key, each in due.items()
        if fraction in (None, each[1]) and (span is None or date.fromisoformat(each[2]) in span)
    }


def _fact(key: str, found: tuple[Part, str, str]) -> Fact:
    label, fraction, collected = found
    value: dict[str, Any] = {"key": key, "fraction": fraction, "date": collected}
    return Fact(value, label)
