"""Why a line or a direction has no departures at a stop, and what there is instead."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.city.errors import CityProblemError
from actions.city.models import Board, Line
from actions.city.port import City
from actions.places.resolution import MAX_CHOICES
from actions.speech import inform, named
from actions.transport.wording import headsigns_of, line_label
from kit.replies import Part, listing, text

_LOOKED_THROUGH = 40


async def say_problem(
    city: City, code: str, say_to: CollectingDispatcher, *, stop_id: str, line: str | None, direction: str | None
) -> None:
    """Say which lines or directions the stop does have, as choices.

    Raises CityProblemError again where the code is none that a resident can settle.
    """
    if code == "towards_not_served" and direction:
        await _say_directions(city, stop_id, line, direction, say_to)
    elif code in {"line_not_found", "line_not_at_stop"} and line:
        await _say_lines(city, code, stop_id, line, say_to)
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


async def _say_directions(
    city: City, stop_id: str, line: str | None, direction: str, say_to: CollectingDispatcher
) -> None:
    board = await city.departures(stop_id, line=line, limit=_LOOKED_THROUGH)
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
