"""The sentences about departures: the next one first, live times told from timetable times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

from actions.answers import spoken
from actions.city.models import Board, Departure, Line, Name
from actions.speech import named, on_day
from kit.clock import BRUSSELS
from kit.languages import Language
from kit.replies import Part, clock_time, listing, text

MODES: Final = {"tram": "mode_tram", "bus": "mode_bus", "metro": "mode_metro", "train": "mode_train"}
#: A kind of vehicle, where a sentence is about none of its lines.
KINDS: Final = {"tram": "kind_tram", "bus": "kind_bus", "metro": "kind_metro", "train": "kind_train"}
_SUBJECTS: Final = {"tram": "line_is_tram", "bus": "line_is_bus", "metro": "line_is_metro", "train": "line_is_train"}

#: Up to this many minutes ahead, a departure is said in minutes as well as by the clock.
_COUNTED_MINUTES: Final = 59


def sentences(board: Board, items: Sequence[Departure], now: datetime, at: datetime | None) -> list[Part]:
    """Return what there is to say about departures, at least one, the next one first."""
    first, *rest = items
    said_day = _day(at) if at else now.date()
    params = {
        "stop": named(board.stop.name),
        "line": line_label(first.line),
        "headsign": named(first.headsign),
        "when": _when(first, now, said_day),
    }
    lead = text("departures_first_at", at=_at(at, now), **params) if at else text("departures_first", **params)
    mixed = len({item.realtime for item in items}) > 1
    said = [lead]
    if rest:
        said_day = _day(first.leaves_at)
        said.append(text("departures_then", lines=listing([_row(item, now, said_day, mixed) for item in rest])))
    return [*said, _how_sure(board, items, mixed)]


def card(items: Iterable[Departure], language: Language | None, again: dict[str, str] | None = None) -> dict[str, Any]:
    """Return departures as a card; ``again`` holds the facts by which they are asked for once more, from then on."""
    return {
        "type": "departures",
        "again": again,
        "rows": [
            {
                "line": item.line.short_name,
                "mode": item.line.mode,
                "color": item.line.color,
                "text_color": item.line.text_color,
                "headsign": spoken(item.headsign, language),
                "time": item.leaves_at.isoformat(),
                "minutes": item.minutes,
                "realtime": item.realtime,
            }
            for item in items
        ],
    }


def line_label(line: Line) -> Part:
    """Return how a line is called, with its mode."""
    return text(MODES.get((line.mode or "").lower(), "mode_other"), line=line.short_name)


def line_is(line: Line) -> Part:
    """Return how a line is called where a sentence begins with it: "Le tram 92"."""
    return text(_SUBJECTS.get((line.mode or "").lower(), "line_is_other"), line=line.short_name)


def headsigns_of(items: Iterable[Departure]) -> list[Name]:
    """Return where departures go, each place once, the soonest first."""
    return list({item.headsign.fr: item.headsign for item in items}.values())


def _when(item: Departure, now: datetime, said_day: date) -> Part:
    """Return when it leaves; the day only where the sentences before have not said it."""
    leaves = item.leaves_at
    time = clock_time(leaves)
    if 0 <= item.minutes <= _COUNTED_MINUTES:
        if item.minutes == 0:
            return text("departure_now", time=time)
        return text("departure_in", count=item.minutes, time=time)
    return text("departure_at", time=time) if _day(leaves) == said_day else _at(leaves, now)


def _day(moment: datetime) -> date:
    return moment.astimezone(BRUSSELS).date()


def _at(moment: datetime, now: datetime) -> Part:
    day = _day(moment)
    if day == now.date():
        return text("departure_at", time=clock_time(moment))
    return text("departure_on", day=on_day(day, now.date()), time=clock_time(moment))


def _row(item: Departure, now: datetime, said_day: date, mixed: bool) -> Part:
    when = _when(item, now, said_day)
    params = {"line": line_label(item.line), "headsign": named(item.headsign), "when": when}
    if mixed and not item.realtime:
        return text("departure_line_timetable", **params)
    return text("departure_line", **params)


def _how_sure(board: Board, items: Sequence[Departure], mixed: bool) -> Part:
    live_at = clock_time(board.realtime_as_of or board.as_of)
    if mixed:
        return text("departures_mixed", time=live_at)
    if items[0].realtime:
        return text("departures_live", time=live_at)
    return text("departures_timetable")
