"""Whether a park or a point is open, in words: now, or on the days asked about; and the card that shows places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from actions.answers import merged, spoken
from actions.city.waste_places import ContainerPark, DropOffPoint, Located, OnDate
from actions.communes.hours import hours_rows, opening_moment
from actions.places.distances import map_url
from actions.speech import on_day
from kit.languages import Language
from kit.replies import Part, clock_time, listing, text

Wording = Mapping[str, str]

#: What is said of a place in a sentence of its own.
SENTENCE: Final[Wording] = {
    "open_until": "park_open_until",
    "closed_now": "park_closed_now",
    "closed": "park_closed",
    "open_on": "park_open_on",
    "closed_on": "park_closed_on",
    "closed_holiday": "park_closed_holiday",
    "closed_because": "park_closed_because",
}
#: What is said of it in a line of a list.
LINE: Final[Wording] = {
    "open_until": "point_open_until",
    "closed_now": "point_closed_now",
    "closed": "point_closed",
    "open_on": "point_open_on",
    "closed_on": "point_closed_on",
    "closed_holiday": "point_closed_holiday",
    "closed_because": "point_closed_because",
}


def open_now(place: Located, now: datetime, words: Wording) -> Part | None:
    """Return whether it is open at this moment; None for what has no hours."""
    if place.open_now is None or not place.hours:
        return None
    if place.open_now:
        return text(words["open_until"], until=clock_time(place.closes_at)) if place.closes_at else None
    if place.opens_next:
        return text(words["closed_now"], opens=opening_moment(place.opens_next, now.date()))
    return text(words["closed"])


def open_on(days: Mapping[Language, OnDate], now: datetime, words: Wording) -> Part:
    """Return the openings of a day, which is known in some languages."""
    first = next(iter(days.values()))
    day = on_day(first.date, now.date())
    if first.openings:
        return text(words["open_on"], day=day, spans=spans_of(first))
    because: dict[str, str] = {each: on.closed_because for each, on in days.items() if on.closed_because}
    if because:
        return text(words["closed_because"], day=day, reason=merged(because))
    return text(words["closed_holiday"] if first.public_holiday else words["closed_on"], day=day)


def spans_of(day: OnDate) -> Part:
    """Return the openings of a day: "de 9 h à 12 h et de 13 h à 16 h"."""
    spans = [text("hours_span", opens=clock_time(each.opens), closes=clock_time(each.closes)) for each in day.openings]
    return listing(spans, "and")


def card(title: str, places: Sequence[ContainerPark | DropOffPoint], language: Language | None) -> dict[str, Any]:
    """Return places as a card, one row each, with a link to the map."""
    return {"type": "places", "title": title, "rows": [_row(each, language) for each in places]}


def _row(place: ContainerPark | DropOffPoint, language: Language | None) -> dict[str, Any]:
    shut = place.open_now is False and bool(place.hours)
    return {
        "name": spoken(place.name, language),
        "address": f"{spoken(place.address, language)}, {place.postcode}",
        "distance_m": place.distance_m,
        "closes": place.closes_at.isoformat() if place.open_now and place.hours and place.closes_at else None,
        "opens": place.opens_next.isoformat() if shut and place.opens_next else None,
        "phone": place.phone,
        "hours": hours_rows(place.hours, language),
        "map": map_url(place.lat, place.lon),
        "lat": place.lat,
        "lon": place.lon,
    }
