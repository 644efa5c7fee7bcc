"""The sentences about a line: what was asked first, then where it goes, its stops in order, and how often it runs."""

from __future__ import annotations

from datetime import date

from actions.city.journeys import LineFacts, LineWay
from actions.city.models import Place
from actions.speech import named, on_day
from actions.transport.frequencies import Span, spans
from actions.transport.wording import line_is
from kit.replies import Part, clock_time, listing, text
from kit.text import fold


def sentences(found: LineFacts, way: LineWay, today: date, *, stop: Place | None, often: bool) -> list[Part]:
    """Return what there is to say of one way of a line; of a stop or of how often it runs no more than that."""
    if stop is not None:
        reply = "line_stops_at" if _calls_at(found, stop) else "line_stops_not_at"
        return [text(reply, line=line_is(found), stop=named(stop.name)), _goes(found, way)]
    if often:
        return [_how_often(found, way, today, "line_often")]
    return [_goes(found, way), _stops(way), _how_often(found, way, today, "line_how_often")]


def is_end(found: LineFacts, direction: str) -> bool:
    """Tell whether a direction is where a way of the line ends, rather than a stop on it."""
    wanted = fold(direction.removeprefix("stop:").replace("-", " "))
    return any(wanted in {fold(way.headsign.fr), fold(way.headsign.nl)} for way in found.directions)


def _calls_at(found: LineFacts, stop: Place) -> bool:
    names = {fold(stop.name.fr), fold(stop.name.nl)}
    return any(names & {fold(each.name.fr), fold(each.name.nl)} for way in found.directions for each in way.stops)


def _goes(found: LineFacts, way: LineWay) -> Part:
    start, end = named(way.stops[0].name), named(way.stops[-1].name)
    return text("line_goes", line=line_is(found), start=start, end=end, count=len(way.stops), operator=found.operator)


def _stops(way: LineWay) -> Part:
    return text("line_stops", headsign=named(way.headsign), stops=listing([named(s.name) for s in way.stops], "comma"))


def _how_often(found: LineFacts, way: LineWay, today: date, reply: str) -> Part:
    day, told = on_day(found.service_day, today), spans(way.frequency)
    if not told:
        return text("line_not_that_day", day=day)
    said = {"day": day, "spans": listing([_span(each) for each in told])}
    return text(reply, line=found.short_name, **said) if reply == "line_often" else text(reply, **said)


def _span(span: Span) -> Part:
    ends = {"since": clock_time(span.since), "until": clock_time(span.until)}
    if span.least == span.most:
        return text("line_every", minutes=span.most, **ends)
    return text("line_every_between", least=span.least, most=span.most, **ends)
