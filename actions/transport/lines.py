"""Answers where a line goes: its stops in order, its mode, and how often it runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.city.errors import CityProblemError
from actions.city.journeys import LineFacts, LineWay
from actions.city.models import Place
from actions.cues import labels_in
from actions.moments.days import parse_days
from actions.places.resolution import MAX_CHOICES
from actions.speech import ask, named, payload
from actions.subject_answers import Asked, SubjectAnswer
from actions.subject_places import ask_for, changed, find
from actions.subjects import WORDS
from actions.transport.direction import REVERSE
from actions.transport.line_problems import known_line, say_line_problem
from actions.transport.line_wording import is_end, sentences
from actions.transport.wording import line_is
from actions.turn import Turn
from kit.replies import Part, choice, listing, text
from kit.text import fold

SUBJECT: Final = "transport_line_info"
#: Among the facts: where the way that was told goes.
_TOLD: Final = "told"
#: What a question about a line is about besides where it goes.
_CUES: Final = Path(__file__).with_name("line_cues.yml")


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
        way = way_meant(found.directions, asked.get("direction"), asked.get(_TOLD))
        if way is None:
            self._say_ways(found, asked, say_to)
            return []
        often = "how_often" in labels_in(turn.text, _CUES)
        asked.pop(WORDS, None)
        asked[_TOLD] = way.headsign.fr
        if ":" not in asked["line"]:  # what was written may hold more than the name: "the tram 25, please"
            asked["line"] = found.short_name
        if asked.get("direction") == REVERSE:
            asked["direction"] = way.headsign.fr
        today = self.services.clock.now().date()
        stop = None
        if asked.get("stop") or (asked.get("direction") and not is_end(found, asked["direction"])):
            stop = await self._stop(asked)
        said = sentences(found, way, today, stop=stop, often=often)
        say_answer(say_to, said, found, options=_next(found, way, asked, whole=bool(stop or often)))
        asked.pop("stop", None)
        return []

    async def _stop(self, asked: Asked) -> Place | None:
        """Return the stop that is asked about; None where no one stop is meant."""
        fact = "stop" if asked.get("stop") else "direction"
        found = await find(self.services.city, {fact: asked[fact]}, fact, ("stop",))
        try:
            return found.place or (await self.services.city.place(found.place_id) if found.place_id else None)
        except CityProblemError:
            return None

    def _say_ways(self, found: LineFacts, asked: Asked, say_to: CollectingDispatcher) -> None:
        ways = found.directions
        if not ways:
            say_answer(say_to, [text("line_without_stops", line=line_is(found))], found)
            return
        options = [choice(named(each.headsign), changed(asked, SUBJECT, direction=each.headsign.fr)) for each in ways]
        names: list[Part] = [named(each.headsign) for each in ways]
        said = text("line_not_towards", line=line_is(found), headsigns=listing(names[:8], "and"))
        say_answer(say_to, [said], found, options=options[:MAX_CHOICES])


def way_meant(ways: Sequence[LineWay], direction: str | None, told: str | None) -> LineWay | None:
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


def _next(found: LineFacts, way: LineWay, asked: Asked, *, whole: bool) -> list[Part]:
    """Return what to ask next; ``whole`` offers where the line goes, which was left out of the answer."""
    line = asked["line"]
    others = [each for each in found.directions if each.headsign.fr != way.headsign.fr]
    options = [
        choice(
            text("line_the_way_to", headsign=named(each.headsign)), changed(asked, SUBJECT, direction=each.headsign.fr)
        )
        for each in others[:2]
    ]
    if whole:
        options = [ask("choice_this_line", SUBJECT, line=line)]
    options.append(choice(text("label_first_last"), payload("transport_first_last", line=line)))
    options.append(ask("label_disruptions", "transport_disruptions", line=found.short_name))
    return options
