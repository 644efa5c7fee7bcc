"""Answers where a line goes: its stops in order, its mode, and how often it runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.city.errors import CityProblemError
from actions.city.journeys import LineFacts, LineWay
from actions.moments.days import parse_days
from actions.places.resolution import MAX_CHOICES
from actions.speech import ask, named, on_day, payload
from actions.subject_answers import Asked, SubjectAnswer
from actions.subject_places import ask_for, changed
from actions.subjects import WORDS
from actions.transport.direction import REVERSE
from actions.transport.frequencies import Span, spans
from actions.transport.line_problems import known_line, say_line_problem
from actions.transport.wording import line_is
from actions.turn import Turn
from kit.replies import Part, choice, clock_time, listing, text
from kit.text import fold

SUBJECT: Final = "transport_line_info"
#: Among the facts: where the way that was told goes.
_TOLD: Final = "told"


class LineInfo(SubjectAnswer):
    """Says where the line goes, one way; the other way is a choice."""

    action_name = "action_line_info"
    subject = SUBJECT
    capability = SUBJECT
    contact = "contact_transport"

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say it, or ask which line."""
        if "line" not in asked and (known := known_line(turn)):
            asked["line"] = known
        if "line" not in asked:
            ask_for(say_to, asked, "line", "ask_line")
            return []
        if "line" in turn.facts() and "direction" not in turn.facts():
            asked.pop("direction", None)  # another line goes elsewhere
        today = self.services.clock.now().date()
        days = parse_days(asked["date"], today, turn.language) if "date" in asked else None
        day = days.first if days and days.first != today else None  # before 4:00, today is still the day before
        try:
            found = await self.services.city.line(asked["line"], day=day)
        except CityProblemError as error:
            say_line_problem(error, SUBJECT, asked, say_to)
            return []
        way = _way(found.directions, asked.get("direction"), asked.get(_TOLD))
        if way is None:
            self._say_ways(found, asked, say_to)
            return []
        asked.pop(WORDS, None)
        asked[_TOLD] = way.headsign.fr
        if ":" not in asked["line"]:  # what was written may hold more than the name: "the tram 25, please"
            asked["line"] = found.short_name
        if asked.get("direction") == REVERSE:
            asked["direction"] = way.headsign.fr
        said = [_goes(found, way), _stops(way), self._how_often(found, way)]
        say_answer(say_to, said, found, options=_next(found, way, asked))
        return []

    def _say_ways(self, found: LineFacts, asked: Asked, say_to: CollectingDispatcher) -> None:
        ways = found.directions
        if not ways:
            say_answer(say_to, [text("line_without_stops", line=line_is(found))], found)
            return
        options = [choice(named(each.headsign), changed(asked, SUBJECT, direction=each.headsign.fr)) for each in ways]
        names: list[Part] = [named(each.headsign) for each in ways]
        said = text("line_not_towards", line=line_is(found), headsigns=listing(names[:8], "and"))
        say_answer(say_to, [said], found, options=options[:MAX_CHOICES])

    def _how_often(self, found: LineFacts, way: LineWay) -> Part:
        day = on_day(found.service_day, self.services.clock.now().date())
        told = spans(way.frequency)
        if not told:
            return text("line_not_that_day", day=day)
        return text("line_how_often", day=day, spans=listing([_span(each) for each in told]))


def _way(ways: Sequence[LineWay], direction: str | None, told: str | None) -> LineWay | None:
    """Return the way that is meant: by its end, or a stop on it; None where the line does not go there."""
    if not ways or direction is None:
        return ways[0] if ways else None
    if direction == REVERSE:
        return next((each for each in ways if each.headsign.fr != (told or ways[0].headsign.fr)), None)
    wanted = fold(direction.removeprefix("stop:").replace("-", " "))
    ends = [each for each in ways if wanted in {fold(each.headsign.fr), fold(each.headsign.nl)}]
    last = [each for each in ways if _passes(each, wanted)]
    found = ends or sorted(last, key=lambda each: -_passes(each, wanted))
    return found[0] if found else None


def _passes(way: LineWay, wanted: str) -> int:
    """Return the place of a stop among those of a way; 0 where it does not go there."""
    names = [{fold(each.name.fr), fold(each.name.nl)} for each in way.stops]
    return next((at for at, each in enumerate(names) if wanted in each), 0)


def _goes(found: LineFacts, way: LineWay) -> Part:
    start, end = named(way.stops[0].name), named(way.stops[-1].name)
    return text("line_goes", line=line_is(found), start=start, end=end, count=len(way.stops), operator=found.operator)


def _stops(way: LineWay) -> Part:
    return text("line_stops", headsign=named(way.headsign), stops=listing([named(s.name) for s in way.stops], "comma"))


def _span(span: Span) -> Part:
    ends = {"since": clock_time(span.since), "until": clock_time(span.until)}
    if span.least == span.most:
        return text("line_every", minutes=span.most, **ends)
    return text("line_every_between", least=span.least, most=span.most, **ends)


def _next(found: LineFacts, way: LineWay, asked: Asked) -> list[Part]:
    line = asked["line"]
    others = [each for each in found.directions if each.headsign.fr != way.headsign.fr]
    options = [
        choice(
            text("line_the_way_to", headsign=named(each.headsign)), changed(asked, SUBJECT, direction=each.headsign.fr)
        )
        for each in others[:2]
    ]
    options.append(choice(text("label_first_last"), payload("transport_first_last", line=line)))
    options.append(ask("label_disruptions", "transport_disruptions", line=found.short_name))
    return options
