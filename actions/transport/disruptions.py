"""Answers what is known of disruptions: on a line, at a stop, or anywhere."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.city.errors import CityProblemError
from actions.city.transport import Messages
from actions.cues import labels_in
from actions.moments.days import parse_days
from actions.reminders.following import FOLLOW, ON, given_up, offer, set_up, wants_to_follow
from actions.reminders.wishes import says_until
from actions.speech import named, say
from actions.subject_answers import Asked, SubjectAnswer
from actions.subject_places import ask_for, ask_which, find
from actions.transport.disruption_wording import CUES, MOST, About, sentences
from actions.transport.line_problems import known_line, say_line_problem
from actions.turn import Turn
from kit.clock import BRUSSELS
from kit.replies import Part, text

SUBJECT: Final = "transport_disruptions"
#: Messages looked at where only those of one kind of vehicle are wanted.
_ALL: Final = 50


class Disruptions(SubjectAnswer):
    """Says the messages that hold now, or that none is known."""

    action_name = "action_disruptions"
    subject = SUBJECT
    capability = SUBJECT
    contact = "contact_transport"

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say them, those of the line or stop asked about where one is known."""
        if "mode" in turn.facts():
            for name in {"line", "stop"} - turn.facts().keys():
                asked.pop(name, None)  # "et dans le métro ?" after a line
        if (
            not asked.keys() & {"line", "stop", "mode"}
            and "it" in labels_in(turn.text, CUES)
            and (known := known_line(turn))
        ):
            asked["line"] = known
        if "line" in asked:
            asked.pop("mode", None)
        stopped = given_up(turn, "line", asked.get("line"))
        if stopped:
            say(say_to, "follow_stopped", tasks=stopped)
            return [SlotSet("pending", None)]
        follows = self._follows(turn, asked)
        if follows and asked.keys().isdisjoint({"line", "stop"}):
            asked[FOLLOW] = follows
            ask_for(say_to, asked, "line", "ask_line")
            return [SlotSet("pending", None)]
        day, stop = self._day(turn, asked), None
        if "stop" in asked:
            place = await find(self.services.city, asked, "stop", ("stop",))
            if place.place_id is None and "line" not in asked:
                return ask_which(say_to, SUBJECT, asked, "stop", place, unknown="stop_not_found")
            _take(asked, "stop", place.place_id)
        try:
            found = await self._found(turn, asked, _noon(day))
            stop = await self._name(asked.get("stop"))
        except CityProblemError as error:
            if error.code == "line_not_found":
                say(say_to, "disruptions_line_unknown", line=asked["line"], contact=text(self.contact))
            else:
                say_line_problem(error, SUBJECT, asked, say_to)
            return []
        mode = asked.get("mode")
        if mode:
            found = _of_mode(found, mode)
        strike = "strike" in labels_in(turn.text, CUES)
        about = About(line=asked.get("line"), mode=mode, stop=stop, day=day, strike=strike)
        asked.pop(FOLLOW, None)
        self._say(turn, found, about, follows, say_to)
        return [SlotSet("pending", None)]

    def _say(
        self, turn: Turn, found: Messages, about: About, follows: str | None, say_to: CollectingDispatcher
    ) -> None:
        """Say the messages; of a line, have it followed where that is wanted, else offer it."""
        said, line = sentences(found, about, self.services.clock.now()), about.line
        if line is None:
            say_answer(say_to, said, found)
        elif follows:
            last_day = None if follows == ON else date.fromisoformat(follows)
            sentence, tasks = set_up(turn, "line", line, last_day)
            say_answer(say_to, [*said, sentence], found, tasks=tasks)
        else:
            say_answer(say_to, said, found, options=offer(turn, "line", line))

    def _follows(self, turn: Turn, asked: Asked) -> str | None:
        """Return whether a line is to be followed: ``ON``, or the last day ("2026-11-27"), which is no longer the day
        asked about."""
        if not wants_to_follow(turn, asked, SUBJECT):
            return None
        if not says_until(turn):
            return asked.get(FOLLOW, ON)
        today = self.services.clock.now().date()
        days = parse_days(asked.pop("date", ""), today, turn.language)
        return days.last.isoformat() if days and days.last >= today else ON

    def _day(self, turn: Turn, asked: Asked) -> date | None:
        """Return the day asked about; None for today."""
        today = self.services.clock.now().date()
        days = parse_days(asked["date"], today, turn.language) if "date" in asked else None
        return days.first if days and days.first > today else None

    async def _name(self, stop: str | None) -> Part | None:
        return named((await self.services.city.place(stop)).name) if stop else None

    async def _found(self, turn: Turn, asked: Asked, at: datetime | None) -> Messages:
        """Return the messages; a line that is asked about next, and does not stop there, is not asked about there."""
        limit = _ALL if "mode" in asked else MOST + 1
        try:
            return await self.services.city.messages(line=asked.get("line"), stop=asked.get("stop"), at=at, limit=limit)
        except CityProblemError as error:
            said = turn.facts().keys() & {"line", "stop"}
            if error.code != "line_not_at_stop" or len(said) != 1:
                raise
        for name in {"line", "stop"} - said:
            del asked[name]
        return await self.services.city.messages(line=asked.get("line"), stop=asked.get("stop"), at=at)


def _noon(day: date | None) -> datetime | None:
    """Return the moment at which a day's messages are looked at."""
    return datetime.combine(day, time(12), tzinfo=BRUSSELS) if day else None


def _take(asked: Asked, name: str, value: str | None) -> None:
    """Put a fact among the others, or take it away where it has no value."""
    if value is None:
        asked.pop(name, None)
    else:
        asked[name] = value


def _of_mode(found: Messages, mode: str) -> Messages:
    """Return the messages about a kind of vehicle, and after them those that name no vehicle."""
    items = [each for each in found.items if each.concerns(mode)]
    items += [each for each in found.items if each.concerns(mode) is None]
    return found.model_copy(update={"items": tuple(items), "total": len(items)})
