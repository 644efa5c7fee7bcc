"""Why there is no journey, and what was tried."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from services.city.core.errors import NotFoundError
from services.city.transport.journeys import ends, repository
from services.city.transport.journeys.ends import End
from services.city.transport.journeys.network import Network
from services.city.transport.journeys.planning import HORIZON_S
from services.city.transport.journeys.question import Question
from services.city.transport.journeys.raptor import MOST_RIDES
from services.city.transport.wording import stop_ref

_SUGGESTED: Final = 5
_SUGGESTED_WITHIN_M: Final = 5_000


def no_timetable() -> NotFoundError:
    """Return the error for a city without timetables."""
    return NotFoundError("no_timetable", "No timetable is in use yet.")


def nothing(
    session: Session, network: Network, question: Question, at: datetime, stations: Sequence[End]
) -> NotFoundError:
    """Return the error for places between which nothing was found, saying why or what was tried."""
    if not network.covers(at.date()):
        return _not_covered(network, at)
    for which, end in _named(stations):
        if not len(ends.reach(network, end, question.max_walk_m).stops):
            return _no_stop(session, network, question, which, end)
    return _no_journey(question, at, stations)


def _no_journey(question: Question, at: datetime, stations: Sequence[End]) -> NotFoundError:
    when = f"arriving by {at:%Y-%m-%d %H:%M}" if question.arrive_by else f"leaving from {at:%Y-%m-%d %H:%M} on"
    tried = [
        when,
        f"within {HORIZON_S // 3_600} hours",
        f"at most {MOST_RIDES - 1} changes",
        f"no walk over {question.max_walk_m} m",
        *([f"only {', '.join(sorted(question.modes))}"] if question.modes else []),
        *(["without steps"] if question.step_free else []),
    ]
    way = " to ".join(end.written for end in stations)
    detail = f"No journey from {way}. Tried: {'; '.join(tried)}."
    return NotFoundError("no_journey", detail)


def _named(stations: Sequence[End]) -> list[tuple[str, End]]:
    names = ("from", "to") if len(stations) == 2 else ("from", "via", "to")
    return list(zip(names, stations, strict=True))


def _not_covered(network: Network, at: datetime) -> NotFoundError:
    spans = [
        {
            "source": feed.dataset.source_name,
            "valid_from": _iso(feed.dataset.valid_from),
            "valid_until": _iso(feed.dataset.valid_until),
        }
        for feed in network.feeds
    ]
    return NotFoundError("dates_not_covered", f"No timetable in use speaks of {at:%Y-%m-%d}.", spans)


def _no_stop(session: Session, network: Network, question: Question, which: str, end: End) -> NotFoundError:
    near = ends.nearest_stops(network, end, _SUGGESTED, _SUGGESTED_WITHIN_M)
    places = repository.places_of(session, [place for place, _ in near])
    suggestions: Collection[dict[str, Any]] = [
        {
            **stop_ref(places[place]).model_dump(mode="json", include={"id", "kind", "name", "commune"}),
            "walk_m": walk_m,
        }
        for place, walk_m in near
        if place in places
    ]
    detail = f"Nothing stops within a walk of {question.max_walk_m} m of {end.written} (`{which}`)."
    return NotFoundError("no_stop_nearby", detail, list(suggestions))


def _iso(day: Any) -> str | None:
    return day.isoformat() if day is not None else None
