"""Which calls at a stop are meant by a line and a direction, or why there are none."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from sqlalchemy.orm import Session

from services.city.core.errors import AmbiguousError, NotFoundError
from services.city.models.transport import Line, StopPlace
from services.city.transport import line_repository, words
from services.city.transport.repository import Call, CallKey
from services.city.transport.wording import line_id, line_ref, stop_lines

_SUGGESTIONS: Final = 5
_LISTED: Final = 20
#: Names of two characters are alike with one in common.
_ALIKE_LINES: Final = 45.0


def of_line(
    session: Session, place: StopPlace, calls: Collection[Call], lines: Mapping[int, Line], written: str
) -> list[Call]:
    """Return the calls of a line.

    Raises NotFoundError ``line_not_found`` with lines of similar names where there is none of that name anywhere,
    and ``line_not_at_stop`` with the lines that do serve the stop.
    """
    wanted = {key for key, line in lines.items() if is_meant(line, written)}
    found = [call for call in calls if call.line_id in wanted]
    if found:
        return found
    known = line_repository.lines(session)
    if not any(is_meant(line, written) for line in known):
        raise line_not_found(known, written)
    here = stop_lines(calls, lines)
    names = ", ".join(line.short_name for line in here[:_LISTED]) or "none"
    detail = f"Line {written[:40]!r} does not serve {place.name_fr}; lines there: {names}."
    raise NotFoundError("line_not_at_stop", detail, here[:_LISTED])


def is_meant(line: Line, written: str) -> bool:
    """Tell whether a line goes by a written name or id."""
    return words.line_key(line.short_name) == words.line_key(written) or line_id(line) == written.strip().lower()


def the_line(known: Collection[Line], written: str) -> Line:
    """Return the line of a name or id.

    Raises NotFoundError ``line_not_found`` with lines of similar names, and AmbiguousError ``line_ambiguous`` with all
    lines of the name where several operators or modes have one.
    """
    found = [line for line in known if is_meant(line, written)]
    if not found:
        raise line_not_found(known, written)
    if len({line_id(line) for line in found}) > 1:
        raise AmbiguousError(
            "line_ambiguous", f"Several lines are called {written[:40]!r}.", [line_ref(line) for line in found]
        )
    return found[0]


def line_not_found(known: Collection[Line], written: str) -> NotFoundError:
    """Return the error for a line that does not exist, with lines of similar names."""
    by_key: dict[str, int] = {}
    for line in known:
        by_key.setdefault(words.line_key(line.short_name), line.id)
    refs = {line.id: line_ref(line) for line in known}
    similar = words.most_alike(words.line_key(written), by_key, _SUGGESTIONS, _ALIKE_LINES)
    return NotFoundError("line_not_found", f"There is no line {written[:40]!r}.", [refs[key] for key in similar])


def towards(
    stop: StopPlace,
    calls: Collection[Call],
    lines: Mapping[int, Line],
    onward: Mapping[CallKey, frozenset[str]],
    written: str,
) -> list[Call]:
    """Return the calls whose trips go to a place, as their destination or as a stop on the way.

    ``onward`` has the folded names of both for each call. Raises NotFoundError ``towards_not_served`` with the
    directions that there are.
    """
    names = {call.key: onward[call.key] for call in calls}
    meant = words.meant(written.removeprefix("stop:"), names)
    if meant:
        return [call for call in calls if call.key in meant]
    detail = f"Nothing goes from {stop.name_fr} towards {written[:80]!r}."
    raise NotFoundError("towards_not_served", detail, _directions(calls, lines))


def _directions(calls: Collection[Call], lines: Mapping[int, Line]) -> list[dict[str, Any]]:
    trips: dict[tuple[str, str], int] = {}
    served: dict[tuple[str, str], set[str]] = {}
    for call in calls:
        trips[call.headsign] = trips.get(call.headsign, 0) + call.trips
        served.setdefault(call.headsign, set()).add(lines[call.line_id].short_name)
    ordered = sorted(trips, key=lambda name: (-trips[name], name))
    return [{"name": {"fr": fr, "nl": nl}, "lines": sorted(served[fr, nl])} for fr, nl in ordered[:_LISTED]]
