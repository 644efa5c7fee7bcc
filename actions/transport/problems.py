"""Why a line, a kind of vehicle or a direction has no departures at a stop, and what there is instead."""

from __future__ import annotations

from dataclasses import dataclass

from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.city.errors import CityProblemError
from actions.city.models import Board, Line
from actions.city.port import City
from actions.places.resolution import MAX_CHOICES
from actions.speech import inform, named
from actions.transport.wording import KINDS, headsigns_of, line_label
from kit.replies import Part, listing, text

_LOOKED_THROUGH = 40


@dataclass(frozen=True)
class Wanted:
    """What was asked about a stop."""

    stop_id: str
    line: str | None = None
    direction: str | None = None
    mode: str | None = None


async def say_problem(city: City, code: str, say_to: CollectingDispatcher, asked: Wanted) -> None:
    """Say which lines or directions the stop does have, as choices.

    Raises CityProblemError again where the code is none that a resident can settle.
    """
    if code == "towards_not_served" and asked.direction:
        await _say_directions(city, asked, asked.direction, say_to)
    elif code in {"line_not_found", "line_not_at_stop"} and asked.line:
        await _say_lines(city, code, asked.stop_id, asked.line, say_to)
    elif code == "mode_not_at_stop" and asked.mode in KINDS:
        await _say_lines_instead(city, asked.stop_id, KINDS[asked.mode], say_to)
    else:
        raise CityProblemError(code)


async def _say_lines(city: City, code: str, stop_id: str, line: str, say_to: CollectingDispatcher) -> None:
    board = await city.departures(stop_id, limit=_LOOKED_THROUGH)
    lines, stop = _lines(board), named(board.stop.name)
    if not lines:
        say_answer(say_to, [text("line_unknown_here", line=line, stop=stop)], board)
        return
    labels = listing([line_label(each) for each in lines], "and")
    said = text("line_not_at_stop", line=line, stop=stop, lines=labels)
    if code == "line_not_found":
        said = text("line_unknown", line=line, stop=stop, lines=labels)
    options = [inform(line_label(each), line=each.short_name) for each in lines[:MAX_CHOICES]]
    say_answer(say_to, [said], board, options=options)


async def _say_lines_instead(city: City, stop_id: str, kind: str, say_to: CollectingDispatcher) -> None:
    """Say that no vehicle of a kind stops there, and which lines do."""
    board = await city.departures(stop_id, limit=_LOOKED_THROUGH)
    lines, said = _lines(board), {"stop": named(board.stop.name), "kind": text(kind)}
    if not lines:
        say_answer(say_to, [text("mode_not_here", **said)], board)
        return
    labels = listing([line_label(each) for each in lines], "and")
    options = [inform(line_label(each), line=each.short_name) for each in lines[:MAX_CHOICES]]
    say_answer(say_to, [text("mode_not_at_stop", lines=labels, **said)], board, options=options)


async def _say_directions(city: City, asked: Wanted, direction: str, say_to: CollectingDispatcher) -> None:
    board = await city.departures(asked.stop_id, line=asked.line, mode=asked.mode, limit=_LOOKED_THROUGH)
    headsigns, stop = headsigns_of(board.items), named(board.stop.name)
    if not headsigns:
        said = text("towards_not_served_here", direction=direction, stop=stop)
        say_answer(say_to, [said], board)
        return
    names: list[Part] = [named(each) for each in headsigns]
    said = text("towards_not_served", direction=direction, stop=stop, headsigns=listing(names[:8], "and"))
    options = [inform(named(each), direction=each.fr) for each in headsigns[:MAX_CHOICES]]
    say_answer(say_to, [said], board, options=options)


def _lines(board: Board) -> list[Line]:
    """Return the lines of a stop, also where the façade names only those that leave soon."""
    found = {line.short_name: line for line in (*board.lines, *(item.line for item in board.items))}
    return list(found.values())
