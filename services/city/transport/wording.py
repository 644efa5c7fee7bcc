"""Rows as they stand in answers: references to stops and lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Final

from kit.text import fold
from services.city.core.schemas import Commune, Name
from services.city.models.transport import Line, Platform, StopPlace
from services.city.transport.repository import Call, Feed
from services.city.transport.schemas import LineRef, PlatformInfo, StopInfo, StopLine, StopRef, Timetable

#: What a stop place's id begins with; its slug follows.
STOP_PREFIX: Final = "stop:"


def line_id(line: Line) -> str:
    """Return a line's id: it stays the same from one version of a feed to the next."""
    return f"{_part(line.operator)}:{line.mode}:{_part(line.short_name)}"


def line_ref(line: Line) -> LineRef:
    """Return a line as answers refer to it."""
    return LineRef(
        id=line_id(line),
        short_name=line.short_name,
        mode=line.mode,
        color=line.color,
        text_color=line.text_color,
    )


def stop_ref(place: StopPlace) -> StopRef:
    """Return a stop place as answers refer to it."""
    known = place.commune_id is not None and place.commune_fr is not None and place.commune_nl is not None
    commune = Commune(id=place.commune_id, name=Name(fr=place.commune_fr, nl=place.commune_nl)) if known else None
    return StopRef(
        id=f"{STOP_PREFIX}{place.slug}",
        name=Name(fr=place.name_fr, nl=place.name_nl),
        commune=commune,
        lat=place.lat,
        lon=place.lon,
        wheelchair=tristate(place.wheelchair),
    )


def stop_info(place: StopPlace, calls: Iterable[Call], lines: Mapping[int, Line]) -> StopInfo:
    """Return a stop place with the lines of its calls."""
    return StopInfo(**dict(stop_ref(place)), lines=stop_lines(calls, lines))


def platform_info(platform: Platform) -> PlatformInfo:
    """Return a platform as answers have it."""
    return PlatformInfo(
        id=platform.stop_id,
        code=platform.code,
        platform=platform.platform,
        lat=platform.lat,
        lon=platform.lon,
        wheelchair=tristate(platform.wheelchair),
    )


def stop_lines(calls: Iterable[Call], lines: Mapping[int, Line]) -> list[StopLine]:
    """Return the lines of some calls in the order in which to list lines, each with where it goes."""
    by_line: dict[int, dict[tuple[str, str], int]] = {}
    for call in calls:
        trips = by_line.setdefault(call.line_id, {})
        trips[call.headsign] = trips.get(call.headsign, 0) + call.trips
    ordered = sorted(by_line, key=lambda each: (lines[each].dataset_id, lines[each].position))
    return [StopLine(**dict(line_ref(lines[each])), headsigns=headsigns(by_line[each])) for each in ordered]


def headsigns(trips: Mapping[tuple[str, str], int]) -> list[Name]:
    """Return destinations (fr, nl) with their trips as names, those of most trips first."""
    return [Name(fr=fr, nl=nl) for fr, nl in sorted(trips, key=lambda name: (-trips[name], name))]


def timetable(feeds: Collection[Feed], day: date, *, covers: bool = False) -> Timetable:
    """Return from when to when these feeds, at least one, hold, and whether a day is within any of them.

    ``covers`` says that it is, whatever the day: the night after the last service day has departures still.
    """
    firsts = [feed.dataset.valid_from for feed in feeds if feed.dataset.valid_from is not None]
    lasts = [feed.dataset.valid_until for feed in feeds if feed.dataset.valid_until is not None]
    return Timetable(
        valid_from=min(firsts, default=None),
        valid_until=max(lasts, default=None),
        covers=covers or any(feed.covers(day) for feed in feeds),
        timezone=next(iter(feeds)).zone.key,
    )


def tristate(value: int) -> bool | None:
    """Return GTFS's 0, 1, 2 as unknown, yes, no."""
    return {1: True, 2: False}.get(value)


def _part(text: str) -> str:
    return fold(text).replace(" ", "-") or text
