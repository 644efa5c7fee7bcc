"""Answers about lines."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from kit.clock import Clock
from services.city.core.errors import AmbiguousError
from services.city.core.schemas import Name, Page, stated
from services.city.models.transport import Line, Pattern
from services.city.transport import line_repository, repository
from services.city.transport.schemas import Direction, LineAnswer, LineInfo, LineStop
from services.city.transport.selection import is_meant, line_not_found
from services.city.transport.wording import headsigns, line_ref, timetable


def list_lines(session: Session, clock: Clock, limit: int, offset: int) -> Page[LineInfo]:
    """Return a page of all lines, in the feeds' order."""
    lines = line_repository.lines(session)
    feeds = repository.feeds(session)
    source, as_of = stated([feed.dataset for feed in feeds.values()], clock.now())
    patterns = line_repository.patterns(session, [line.id for line in lines[offset : offset + limit]])
    page = [_info(line, [p for p in patterns if p.line_id == line.id]) for line in lines[offset : offset + limit]]
    return Page[LineInfo](
        items=page, total=len(lines), limit=limit, offset=offset, source=source, as_of=as_of, realtime=False
    )


def one_line(session: Session, clock: Clock, written: str) -> LineAnswer:
    """Return a line by its short name or id.

    Raises NotFoundError ``line_not_found`` with lines of similar names, and AmbiguousError ``line_ambiguous`` with all
    lines of the name where several operators or modes have one.
    """
    known = line_repository.lines(session)
    found = [line for line in known if is_meant(line, written)]
    if not found:
        raise line_not_found(known, written)
    by_id = {line_ref(line).id: line for line in found}
    if len(by_id) > 1:
        raise AmbiguousError(
            "line_ambiguous", f"Several lines are called {written[:40]!r}.", [line_ref(line) for line in found]
        )
    line = found[0]
    feed = repository.feeds(session, [line.dataset_id])[line.dataset_id]
    patterns = line_repository.patterns(session, [line.id])
    now = clock.now()
    source, as_of = stated([feed.dataset], now)
    return LineAnswer(
        source=source,
        as_of=as_of,
        realtime=False,
        **dict(_info(line, patterns)),
        directions=_directions(session, patterns),
        timetable=timetable([feed], now.astimezone(feed.zone).date()),
    )


def _info(line: Line, patterns: Iterable[Pattern]) -> LineInfo:
    trips: dict[tuple[str, str], int] = {}
    for pattern in patterns:
        name = (pattern.headsign_fr, pattern.headsign_nl)
        trips[name] = trips.get(name, 0) + pattern.trips
    return LineInfo(
        **dict(line_ref(line)),
        name=Name(fr=line.name_fr, nl=line.name_nl),
        operator=line.operator,
        headsigns=headsigns(trips),
    )


def _directions(session: Session, patterns: list[Pattern]) -> list[Direction]:
    """Return each destination once, with the calls of the pattern of most trips, the busiest first."""
    groups: dict[tuple[int | None, str, str], list[Pattern]] = {}
    for pattern in patterns:
        groups.setdefault((pattern.direction, pattern.headsign_fr, pattern.headsign_nl), []).append(pattern)
    found = [
        Direction(
            headsign=Name(fr=fr, nl=nl),
            direction=direction,
            stops=[
                LineStop(id=f"stop:{place.slug}", name=Name(fr=place.name_fr, nl=place.name_nl))
                for place in line_repository.stops_of(session, alike[0].id)
            ],
            trips=sum(pattern.trips for pattern in alike),
        )
        for (direction, fr, nl), alike in groups.items()
    ]
    return sorted(found, key=lambda each: -each.trips)
