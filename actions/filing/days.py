"""Facts with a day in them: a collection that was missed, the day that would suit for a pick-up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from actions.city.errors import CityProblemError
from actions.filing.draft import Draft, Fact, Question, Taken
from actions.filing.fields import Field, choices, picked
from actions.moments.days import parse_days
from actions.moments.span import Days
from actions.moments.words import words
from actions.services import Services
from actions.speech import on_day
from actions.turn import Turn
from actions.waste.rounds import FRACTIONS
from kit.clock import today
from kit.replies import Part, day, text
from kit.text import fold

#: A collection is reported as missed up to this many days after it.
_LOOK_BACK: Final = 7
_LOOK_AHEAD: Final = 28
#: A date without a year that lies so far ahead is meant as the one before.
_FAR: Final = 180

#: What was due, by a key each: how it is called, its bag and its day.
Due = Mapping[str, tuple[Part, str, str]]


class MissedField(Field):
    """Which collection did not take place: one that was due at that address in the last days."""

    name, shown, label = "collection", "filing_collection", "filing_change_collection"
    follows, hints = frozenset({"place"}), frozenset({"hints"})
    answered_by = frozenset({"fraction"})

    async def prepare(self, draft: Draft, services: Services) -> Taken:
        """Check what was due; what the message said chooses among it."""
        due = await self._due(draft, services)
        return due if isinstance(due, Question) else self._chosen(due, draft, services)

    async def found(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Note the bag and the day that a message names, until the address tells what was due."""
        fraction, days = turn.entity("fraction"), _past_days(turn, services)
        if fraction is None and days is None:
            return None
        self._note(draft, fraction, days)
        if draft.value("place") is None:
            return None
        draft.facts.pop(self.name, None)
        return await self.prepare(draft, services)

    async def taken(self, turn: Turn, draft: Draft, services: Services) -> Taken:
        """Take the choice, or the bag or the day that fits one of them."""
        due = await self._due(draft, services)
        if isinstance(due, Question):
            return due
        chosen = picked(turn, draft) or _the_only_one(turn, draft)
        if chosen in due:
            return _fact(str(chosen), due[str(chosen)])
        days = _offered_day(turn, draft) or _past_days(turn, services)
        fraction = turn.entity("fraction")
        if fraction is None and days is None:
            return None
        self._note(draft, fraction, days)
        return self._chosen(due, draft, services)

    @staticmethod
    def _note(draft: Draft, fraction: str | None, days: Days | None) -> None:
        """Note the bag and the day that were named, beside those that were named before."""
        before = draft.value("hints") or {}
        hints = {"fraction": fraction or before.get("fraction"), "days": _spelt(days) or before.get("days")}
        draft.facts["hints"] = Fact(hints)

    def _chosen(self, due: Due, draft: Draft, services: Services) -> Fact | Question:
        """Return the collection that the bag and the day fit, else the question which; of a wrong day those of the bag.

        The day that is not over yet is offered only to who names it: the lorry may still come.
        """
        hints = draft.value("hints") or {}
        fraction, days = hints.get("fraction"), hints.get("days")
        now = today(services.clock).isoformat()
        over = {key: each for key, each in due.items() if each[2] < now} or due
        fitting = _fitting(due if days else over, fraction, days)
        if len(fitting) == 1:
            return _fact(*next(iter(fitting.items())))
        wrong_day = not fitting and days is not None
        draft.facts["hints"] = Fact({"fraction": fraction, "days": None if wrong_day else days})
        offered = fitting or _fitting(over, fraction, None) or over
        return Question(
            "which_filing_collection" if fitting else "filing_collection_not_due",
            **choices({key: label for key, (label, _, _) in offered.items()}),
        )

    def asked(self, draft: Draft) -> Question:
        """Return the question without choices."""
        del draft
        return Question("which_filing_collection")

    async def _due(self, draft: Draft, services: Services) -> Due | Question:
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
        """Take the day that a message names; another day of the week alone is one of the week that was chosen."""
        written = turn.entity("date")
        return self._same_week(written, draft, services) or self._day(turn, written, services)

    def _same_week(self, written: str | None, draft: Draft, services: Services) -> Fact | None:
        before, weekday = draft.value(self.name), words().weekdays.get(fold(written or ""))
        if before is None or weekday is None:
            return None
        chosen = date.fromisoformat(before)
        other = chosen + timedelta(days=weekday - chosen.weekday())
        return Fact(other.isoformat(), day(other, "full")) if other > today(services.clock) else None

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


def _the_only_one(turn: Turn, draft: Draft) -> str | None:
    """Return the one collection on offer, for who says yes to it."""
    ids = draft.question.ids if draft.question else []
    return ids[0] if turn.intent == "affirm" and len(ids) == 1 else None


def _offered_day(turn: Turn, draft: Draft) -> Days | None:
    """Return the last day among those on offer that is the day of the week which a message names."""
    named = {words().weekdays[each] for each in fold(turn.text).split() if each in words().weekdays}
    offered = [each.partition(":")[2] for each in (draft.question.ids if draft.question else [])]
    days = [date.fromisoformat(each) for each in offered if each]
    fitting = [each for each in days if each.weekday() in named]
    return Days(max(fitting), max(fitting)) if len(named) == 1 and fitting else None


def _past_days(turn: Turn, services: Services) -> Days | None:
    """Return the days that a message names, as days that are past: "on Monday" is last Monday."""
    written, now = turn.entity("date"), today(services.clock)
    days = parse_days(written, now, turn.language) if written else None
    if days is None or days.first <= now:
        return days
    if days.first - now > timedelta(days=_FAR):  # "23/11", said on the 24th
        return Days(_a_year_before(days.first), _a_year_before(days.last))
    back = timedelta(days=7)
    return Days(days.first - back, days.last - back) if days.first - back <= now else days


def _a_year_before(day_: date) -> date:
    last_of_february = day_.month == 2 and day_.day == 29
    return day_.replace(year=day_.year - 1, day=28 if last_of_february else day_.day)


def _spelt(days: Days | None) -> list[str] | None:
    return [days.first.isoformat(), days.last.isoformat()] if days else None


def _fitting(due: Due, fraction: str | None, days: list[str] | None) -> dict[str, tuple[Part, str, str]]:
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
