"""Answers when a line leaves for the first and the last time of a day, and what still runs after that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.city.errors import CityProblemError
from actions.city.journeys import FirstLast
from actions.city.models import Line
from actions.cues import labels_in
from actions.moments.days import parse_days
from actions.places.resolution import MAX_CHOICES, is_place_id
from actions.speech import ask
from actions.subject_answers import Asked, SubjectAnswer
from actions.subject_places import ask_for, ask_which, changed, find
from actions.subjects import CONTINUES, WORDS
from actions.transport.direction import REVERSE
from actions.transport.first_last_wording import sentences
from actions.transport.forms import CAPABILITY as DEPARTURES
from actions.transport.line_problems import known_line, say_line_problem
from actions.transport.lines import way_meant
from actions.transport.wording import line_label
from actions.turn import Turn
from kit.replies import Part, choice

SUBJECT: Final = "transport_first_last"
#: Lines of one kind at a stop that are answered for at once ("the last metro at De Brouckère").
_AT_ONCE: Final = 2
_DEPARTURES: Final = 40
#: Ends of a line at which night buses are looked for.
_MOST_ENDS: Final = 2
#: Words that ask what runs at night, which is told with the last departure of a line.
_CUES: Final = Path(__file__).with_name("night_cues.yml")


class FirstAndLast(SubjectAnswer):
    """Says the first and the last departures, at a stop where one is known."""

    action_name = "action_first_last"
    subject = SUBJECT
    capability = SUBJECT
    contact = "contact_transport"

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say them, or ask which line, or which stop is meant."""
        if not asked.keys() & {"line", "stop"} and (known := known_line(turn)):
            _take_known(turn, asked, known)
        if "stop" in asked:
            found = await find(self.services.city, asked, "stop", ("stop",))
            if found.place_id is None:
                return ask_which(say_to, SUBJECT, asked, "stop", found, unknown="stop_not_found")
            asked["stop"] = found.place_id
        for name in ("commune", WORDS):
            asked.pop(name, None)
        try:
            told = await self._known_there(turn, asked)
            if not told:
                lines = [asked["line"]] if "line" in asked else await self._lines(asked, say_to)
                told = [await self._told(turn, asked, line) for line in lines]
        except CityProblemError as error:
            if error.code == "stop_not_found":
                del asked["stop"]
                ask_for(say_to, asked, "stop", "stop_gone")
            else:
                say_line_problem(error, SUBJECT, asked, say_to)
            return []
        if told:
            ends, direction = await self._at_the_ends(told[0]), await self._direction(told, asked)
            self._say(told, ends, direction, asked, say_to)
        return []

    async def _known_there(self, turn: Turn, asked: Asked) -> list[FirstLast]:
        """Return what is asked of a line at the stop whose departures were just said, where the line leaves it."""
        before, stop = turn.slot("last_question"), turn.slot("stop")
        goes_on = turn.intent == SUBJECT or turn.intent in CONTINUES
        if not goes_on or before != DEPARTURES or not stop or not is_place_id(stop):
            return []
        if "stop" in asked or "line" not in asked:
            if "stop" not in asked and "mode" in asked:
                asked["stop"] = stop  # "and the last metro?"
            return []
        try:
            told = await self._told(turn, {**asked, "stop": stop}, asked["line"])
        except CityProblemError:
            return []
        asked["stop"] = stop
        return [told]

    async def _direction(self, told: Sequence[FirstLast], asked: Asked) -> str | None:
        """Return where the way ends that is asked for, which may be to a stop before its end; None for any or none."""
        wanted = asked.get("direction")
        if not wanted or wanted == REVERSE:
            return None
        for each in told:
            try:
                ways = (await self.services.city.line(each.line.short_name)).directions
            except CityProblemError:  # a name that several lines share
                return wanted
            way = way_meant(ways, wanted, None)
            if way is not None:
                return way.headsign.fr
        return None

    async def _at_the_ends(self, told: FirstLast) -> list[FirstLast]:
        """Return the same at the stops where each way begins, of a line that was told of without a stop."""
        if told.stop is not None:
            return []
        starts = list(dict.fromkeys(way.last.stop.id for way in told.directions))[:_MOST_ENDS]
        line, day = told.line.short_name, told.service_day
        try:
            return [await self.services.city.first_last(line, stop=start, day=day) for start in starts]
        except CityProblemError:  # a name that several lines share: what was asked for has been found already
            return []

    async def _lines(self, asked: Asked, say_to: CollectingDispatcher) -> list[str]:
        """Return the lines at the stop that are so few that all are meant; else ask for one."""
        lines: Sequence[Line] = ()
        if "stop" in asked:
            board = await self.services.city.departures(asked["stop"], limit=_DEPARTURES)
            lines = [each for each in board.lines if asked.get("mode") in {None, (each.mode or "").lower()}]
        if 0 < len(lines) <= _AT_ONCE:
            return [each.short_name for each in lines]
        options = [choice(line_label(each), changed(asked, SUBJECT, line=each.short_name)) for each in lines]
        ask_for(say_to, asked, "line", "ask_line", options[:MAX_CHOICES])
        return []

    async def _told(self, turn: Turn, asked: Asked, line: str) -> FirstLast:
        return await self.services.city.first_last(line, stop=asked.get("stop"), day=self._day(turn, asked))

    def _day(self, turn: Turn, asked: Asked) -> date | None:
        """Return the day asked about; None for today, which until 4 in the morning is still the day before."""
        today = self.services.clock.now().date()
        days = parse_days(asked["date"], today, turn.language) if "date" in asked else None
        return days.first if days and days.first != today else None

    def _say(
        self,
        told: Sequence[FirstLast],
        ends: Sequence[FirstLast],
        direction: str | None,
        asked: Asked,
        say_to: CollectingDispatcher,
    ) -> None:
        now = self.services.clock.now()
        options: list[Part] = []
        wanted = asked.get("direction")
        elsewhere = wanted if wanted != REVERSE and direction is None else None
        if len(told) == 1:
            line = told[0].line.short_name
            if "stop" in asked:
                options.append(
                    ask("choice_next_departures", "transport_next_departures", stop=asked["stop"], line=line)
                )
            options.append(ask("choice_this_line", "transport_line_info", line=asked.get("line", line)))
        say_answer(say_to, sentences(told, now, direction, ends, elsewhere), told[0], options=options)


def _take_known(turn: Turn, asked: Asked, line: str) -> None:
    """Take the line of the last answer where none is named: for a bus at night, with the stop, whatever it is."""
    if "mode" not in asked:
        asked["line"] = line
    elif "night" in labels_in(turn.text, _CUES):
        del asked["mode"]
        asked["line"] = line
        stop = turn.memory("shown").get("stop")
        if stop and turn.slot("last_question") == SUBJECT:
            asked["stop"] = str(stop)
