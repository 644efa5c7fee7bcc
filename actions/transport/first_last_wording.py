"""The sentences about first and last departures: each way in a line, then what still runs afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from actions.city.journeys import FirstLast, LineAfter, WayDay
from actions.speech import named, on_day
from actions.transport.wording import line_is, line_label
from kit.clock import BRUSSELS
from kit.replies import Part, Value, clock_time, listing, text
from kit.text import fold

#: Lines named that run afterwards, the night lines first.
_MOST_AFTER: Final = 3
#: Until this hour of the next day the night belongs to the day before.
_NIGHT_ENDS_H: Final = 5


def sentences(
    told: Sequence[FirstLast],
    now: datetime,
    direction: str | None,
    ends: Sequence[FirstLast] = (),
    elsewhere: str | None = None,
) -> list[Part]:
    """Return what there is to say of one line or of a few at one stop; without a stop, of the night at the ``ends``.

    ``elsewhere`` is a direction that was asked for and that none of the lines has.
    """
    there = [each for each in told if _towards(each, direction)]
    said = [_line(each, now.date(), direction) for each in there or told]
    if elsewhere and told[0].stop is not None:
        said.insert(0, text("towards_not_served_here", stop=named(told[0].stop.name), direction=elsewhere))
    said += _afterwards(told)
    runs = any(each.directions for each in told)
    if runs and told[0].stop is None:
        said += [part for each in ends if (part := _night_at(each))]
        said.append(text("first_last_which_stop"))
    return [*said, text("first_last_timetable")] if runs else said


def _line(told: FirstLast, today: date, direction: str | None) -> Part:
    line, day = line_is(told.line), on_day(told.service_day, today)
    if not told.directions:
        if told.next_service_day is None:
            return text("first_last_no_days", line=line)
        return text("first_last_not_that_day", line=line, day=day, next=on_day(told.next_service_day, today))
    shown = _towards(told, direction) or told.directions
    ways = listing([_way(each, told.service_day, at_stop=told.stop is not None) for each in shown])
    if told.stop is None:
        return text("first_last_line", line=line, day=day, ways=ways)
    return text("first_last_at_stop", line=line, stop=named(told.stop.name), day=day, ways=ways)


def _towards(told: FirstLast, direction: str | None) -> list[WayDay]:
    """Return the ways of a line that end where somebody wants to go."""
    wanted = fold((direction or "").removeprefix("stop:").replace("-", " "))
    return [each for each in told.directions if wanted in {fold(each.headsign.fr), fold(each.headsign.nl)}]


def _way(way: WayDay, day: date, *, at_stop: bool) -> Part:
    params = {
        "headsign": named(way.headsign),
        "first": clock_time(way.first.scheduled),
        "last": _in_the_night(way.last.scheduled, day),
    }
    if at_stop:
        return text("first_last_way", **params)
    return text("first_last_way_from", stop=named(way.first.stop.name), **params)


def _in_the_night(moment: datetime, day: date) -> Part:
    """Return a time; of one after midnight that the night is meant which follows the day."""
    local = moment.astimezone(BRUSSELS)
    after = local.date() > day and local.hour < _NIGHT_ENDS_H
    return text("first_last_after_midnight", time=clock_time(moment)) if after else clock_time(moment)


def _afterwards(told: Sequence[FirstLast]) -> list[Part]:
    """Return what still leaves the stop after the last departure: night buses before anything else."""
    known = [each for each in told if each.afterwards is not None]
    if not known or any(_is_night_line(each) for each in known):
        return []
    last = max(known, key=lambda each: max(way.last.scheduled for way in each.directions))
    here = {each.line.short_name for each in known}
    after = [each for each in last.afterwards or () if each.short_name not in here]
    night = [each for each in after if each.night]
    if night:
        return [text("first_last_night", lines=listing([_after(each) for each in night[:_MOST_AFTER]]))]
    if after:
        return [text("first_last_after", lines=listing([_after(each) for each in after[:_MOST_AFTER]]))]
    return [text("first_last_nothing_after")]


def _is_night_line(told: FirstLast) -> bool:
    """Tell whether a line starts after midnight: it is what takes over from others."""
    return bool(told.directions) and all(
        way.first.scheduled.astimezone(BRUSSELS).date() > told.service_day for way in told.directions
    )


def _night_at(told: FirstLast) -> Part | None:
    """Return which night buses take over at a stop, by the stop's name; None where none does."""
    night = [_after(each) for each in told.afterwards or () if each.night]
    if not night or told.stop is None:
        return None
    return text("first_last_night_at", stop=named(told.stop.name), lines=listing(night[:_MOST_AFTER]))


def _after(line: LineAfter) -> Part:
    names: list[Part] = [named(each) for each in line.headsigns]
    where: dict[str, Value] = {"line": line_label(line), "headsigns": listing(names, "or")}
    if line.departs == line.last:
        return text("first_last_after_once", first=clock_time(line.departs), **where)
    return text("first_last_after_line", first=clock_time(line.departs), last=clock_time(line.last), **where)
