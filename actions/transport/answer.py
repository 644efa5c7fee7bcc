"""Answers when the next vehicles leave a stop."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.city.errors import CityProblemError
from actions.city.models import Board, Departure
from actions.forms.answering import FormAnswer
from actions.moments.times import parse_moment
from actions.moments.words import words
from actions.reminders.following import offer
from actions.speech import ask, inform, named
from actions.transport.direction import REVERSE, Shown, is_one_way, other_way
from actions.transport.forms import CAPABILITY, FORM
from actions.transport.problems import Wanted, say_problem
from actions.transport.wording import card, headsigns_of, line_label, sentences
from actions.turn import ANOTHER, Turn
from kit.replies import Part, listing, quotation, text
from kit.text import fold

#: Departures that an answer lists, and those looked through for another direction.
SHOWN: Final = 6
LOOKED_THROUGH: Final = 40
#: Disruptions said before the departures.
_DISRUPTIONS: Final = 2


class NextDepartures(FormAnswer):
    """Says the next departures at a stop, of a line and a direction where they were asked for."""

    action_name = "action_next_departures"
    form, slot, capability = FORM, "stop", CAPABILITY
    contact = "contact_transport"

    async def tell(self, turn: Turn, value: str, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the departures, or why there are none."""
        now = self.services.clock.now()
        at = parse_moment(turn.slot("time"), turn.slot("date"), now, turn.language)
        line, direction = turn.slot("line"), turn.slot("direction")
        reverse, before = direction == REVERSE, Shown.read(turn.memory("shown"))
        if reverse and before.stop == value:
            line = line or before.line
        mode = _mode(turn, line)
        try:
            board = await self.services.city.departures(
                value,
                line=line,
                towards=None if reverse else direction,
                mode=mode,
                at=at,
                limit=LOOKED_THROUGH if reverse else SHOWN,
            )
        except CityProblemError as error:
            if error.code == "stop_not_found":
                return self.ask_again(None)
            asked = Wanted(value, line=line, direction=direction, mode=mode)
            await say_problem(self.services.city, error.code, say_to, asked)
            return []
        items = list(board.items)
        if reverse:
            items = other_way(items, before if before.stop == value else Shown())
            if not is_one_way(items):
                return self._ask_direction(board, say_to)
        items = items[:SHOWN]
        towards = items[0].headsign.fr if reverse else direction
        facts = {"stop": value, "line": line, "direction": towards}
        self._say(turn, board, items, at, say_to, again={name: fact for name, fact in facts.items() if fact})
        shown = Shown(stop=value, line=line, headsigns=frozenset(each.fr for each in headsigns_of(items)))
        return [SlotSet("shown", shown.written()), SlotSet("direction", towards)]

    def _say(
        self,
        turn: Turn,
        board: Board,
        items: list[Departure],
        at: datetime | None,
        say_to: CollectingDispatcher,
        *,
        again: dict[str, str],
    ) -> None:
        line, direction = turn.slot("line"), turn.slot("direction")
        mode = _mode(turn, line)
        kept = {name: value for name, value in (("line", line), ("mode", mode)) if value}
        options = [ask("choice_other_stop", CAPABILITY, stop=ANOTHER, **kept)]
        options += offer(turn, "line", line) if line else []
        if direction and is_one_way(items):
            options.insert(0, inform(text("choice_other_direction"), direction=REVERSE))
        if not items:
            say_answer(say_to, [*_disruptions(board), _none(board, line)], board, options=options)
            return
        said = sentences(board, items, self.services.clock.now(), at)
        if at is None and _is_unclear(turn):
            said.insert(0, text("time_not_understood"))
        said = [*_disruptions(board), *said]
        say_answer(say_to, said, board, cards=[card(items, turn.language, None if at else again)], options=options)

    def _ask_direction(self, board: Board, say_to: CollectingDispatcher) -> list[EventType]:
        """Ask which way: nothing that was said settles it."""
        headsigns = headsigns_of(board.items)[:5]
        if len(headsigns) < 2:
            said = text("no_other_direction", stop=named(board.stop.name))
            say_answer(say_to, [said], board)
            return [SlotSet("direction", None)]
        options = [inform(named(each), direction=each.fr) for each in headsigns]
        say_answer(say_to, [text("ask_direction", stop=named(board.stop.name))], board, options=options)
        return [SlotSet("direction", None)]


def _disruptions(board: Board) -> list[Part]:
    """Return what disturbs the lines at the stop, in one paragraph."""
    lines = [quotation(each.texts) for each in board.messages[:_DISRUPTIONS] if each.texts]
    return [text("departures_disrupted", lines=listing(lines))] if lines else []


def _none(board: Board, line: str | None) -> Part:
    stop = named(board.stop.name)
    if not line:
        return text("departures_none", stop=stop)
    known = next((each for each in board.lines if each.short_name.lower() == line.lower()), None)
    label = line_label(known) if known else text("mode_other", line=line)
    return text("departures_none_line", stop=stop, line=label)


def _mode(turn: Turn, line: str | None) -> str | None:
    """Return the one kind of vehicle that is asked for; a line has its own, and "tram or bus" is any."""
    return None if line or len(turn.entities("mode")) > 1 else turn.slot("mode")


def _is_unclear(turn: Turn) -> bool:
    """Tell whether a time was written that says neither an instant nor now."""
    written = fold(turn.slot("time") or "")
    return bool(written) and written not in words().now
