"""The sentences about stops near a place: the nearest first, with its lines and where they go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from actions.answers import spoken
from actions.city.journeys import NearStop
from actions.city.models import Line
from actions.labels import label
from actions.places.distances import length, map_url
from actions.speech import named
from actions.transport.trip_wording import near
from actions.transport.wording import MODES, line_label
from kit.languages import Language
from kit.replies import Part, listing, text

#: How the nearest stop of a kind is called.
_NEAREST: Final = {
    "tram": "nearest_tram",
    "bus": "nearest_bus",
    "metro": "nearest_metro",
    "train": "nearest_train",
}
#: So near, one is there.
_HERE_M: Final = 30
#: Ends of a line that are named.
_MOST_ENDS: Final = 3


def sentences(stops: Sequence[NearStop], place: Part, mode: str | None) -> list[Part]:
    """Return what there is to say."""
    first, *others = stops
    kind = text(_NEAREST.get(mode or "", "nearest_stop"))
    lead = text("nearest_first", kind=kind, place=place, stop=named(first.name), walk=_walk(first))
    said = [lead, text("nearest_lines", lines=listing([_line(each) for each in first.lines], "comma")), _on_map(first)]
    if others:
        said.append(text("nearest_others", stops=listing([_other(each) for each in others])))
    return said


def card(stops: Sequence[NearStop], mode: str | None, language: Language | None) -> dict[str, Any]:
    """Return the stops as a card of places; their lines stand where another place has its address."""
    return {
        "type": "places",
        "title": label(_NEAREST.get(mode or "", "nearest_stop"), language),
        "rows": [
            {
                "name": spoken(each.name, language),
                "address": ", ".join(_short(line, language) for line in each.lines),
                "distance_m": each.walk_m,
                "map": map_url(each.lat, each.lon) if each.lat is not None and each.lon is not None else None,
                "lat": each.lat,
                "lon": each.lon,
            }
            for each in stops
        ],
    }


def _walk(stop: NearStop) -> Part:
    if stop.walk_m < _HERE_M:
        return text("nearest_here")
    return text("nearest_walk", count=stop.walk_minutes, length=length(near(stop.walk_m)))


def _line(line: Line) -> Part:
    ends: list[Part] = [named(each) for each in line.headsigns[:_MOST_ENDS]]
    if not ends:
        return line_label(line)
    return text("nearest_line", line=line_label(line), headsigns=listing(ends, "or"))


def _other(stop: NearStop) -> Part:
    lines = listing([line_label(each) for each in stop.lines], "comma")
    return text("nearest_other", stop=named(stop.name), walk=_walk(stop), lines=lines, map=_on_map(stop))


def _on_map(stop: NearStop) -> Part:
    return text("on_the_map", url=map_url(stop.lat or 0, stop.lon or 0))


def _short(line: Line, language: Language | None) -> str:
    return label(MODES.get((line.mode or "").lower(), "mode_other"), language).format(line=line.short_name)
