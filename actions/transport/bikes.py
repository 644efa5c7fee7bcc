"""Answers where shared bikes or free docks are near a place, and how old the figures are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer, spoken, together
from actions.city.errors import CityProblemError
from actions.city.mobility_models import BikeStation
from actions.labels import label
from actions.place_answers import PlaceAnswer
from actions.places.distances import away, map_url
from actions.speech import ask, named, payload
from actions.subjects import Asked
from actions.turn import ANOTHER, Turn
from kit.clock import BRUSSELS
from kit.languages import Language
from kit.replies import Part, choice, clock_time, day, listing, text

SUBJECT: Final = "transport_bike_share"
#: The fact that says what is looked for: ``bikes`` or ``docks``.
WANT: Final = "want"
DOCKS: Final = "docks"

_LOOKED_AT: Final = 10
_MOST_FURTHER: Final = 2
#: Up to this age figures are said to be so many minutes old, else from when they are.
_COUNTED_MINUTES: Final = 59


class BikeShare(PlaceAnswer):
    """Says the nearest station that has what is wanted, then others, then how old the figures are."""

    action_name = "action_bike_share"
    subject = SUBJECT
    capability = SUBJECT
    kinds = ("address", "street", "stop", "landmark", "locality", "commune")
    question = "ask_bikes_place"
    unknown = "bikes_place_unknown"

    async def tell_at(self, turn: Turn, place: str, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the stations near the place."""
        try:
            found = await self.services.city.bike_stations(place, limit=_LOOKED_AT)
        except CityProblemError as error:
            if error.code != "place_not_found" or not place.startswith("address:"):
                raise
            asked[self.fact] = place = f"street:{place.split(':')[1]}"  # no such number: near the street, then
            found = await self.services.city.bike_stations(place, limit=_LOOKED_AT)
        want = DOCKS if asked.get(WANT) == DOCKS else "bikes"
        other, ask_other = ("bikes", "choice_free_bikes") if want == DOCKS else (DOCKS, "choice_free_docks")
        options = [
            choice(text(ask_other), payload(SUBJECT, **{self.fact: place, WANT: other})),
            ask("choice_bikes_elsewhere", SUBJECT, **{self.fact: ANOTHER, WANT: want}),
        ]
        said = _sentences(found.items, want, self.services.clock.now())
        say_answer(say_to, said, found, cards=_cards(found.items, want, turn.language), options=options)
        return []


def _sentences(stations: Sequence[BikeStation], want: str, now: datetime) -> list[Part]:
    if not stations:
        return [text("bikes_none_near")]
    nearest, having = stations[0], [each for each in stations if getattr(each, want)]
    if not having:
        none = "bikes_none_with_docks" if want == DOCKS else "bikes_none_with_bikes"
        return [text(none), _age(stations, now)]
    first, *others = having
    if first is nearest:
        said = text("bikes_nearest", **_facts(first, want))
    else:
        none = "docks_none_left" if want == DOCKS else "bikes_none_left"
        missing = text(none, station=named(nearest.name), away=away(nearest.distance_m or 0))
        said = together([missing, text("bikes_next", **_facts(first, want))])
    further = others[:_MOST_FURTHER]
    lines = [text("bikes_line", **_facts(each, want)) for each in further]
    more = [text("bikes_further", lines=listing(lines))] if lines else []
    return [said, *more, _age([first, *further], now)]


def _facts(station: BikeStation, want: str) -> dict[str, Part]:
    figures = [text("bikes_count", count=station.bikes)]
    if station.docks is not None:
        figures.insert(0 if want == DOCKS else 1, text("docks_count", count=station.docks))
    return {"station": named(station.name), "away": away(station.distance_m or 0), "figures": listing(figures, "and")}


def _age(stations: Sequence[BikeStation], now: datetime) -> Part:
    """Return how old the oldest of the figures is."""
    reports = [each.reported_at for each in stations if each.reported_at]
    if not reports:
        return text("bikes_age_unknown")
    oldest = min(reports)
    minutes = max(0, int((now - oldest).total_seconds() // 60))
    if minutes <= _COUNTED_MINUTES:
        return text("bikes_age", count=minutes)
    return text("bikes_as_of", day=day(oldest.astimezone(BRUSSELS).date(), "date"), time=clock_time(oldest))


def _cards(stations: Sequence[BikeStation], want: str, language: Language | None) -> list[dict[str, Any]]:
    """Return the stations that have what is wanted as a card of places; their figures stand for an address."""
    rows = [
        {
            "name": spoken(each.name, language),
            "address": ", ".join(_figures(each, language)),
            "distance_m": each.distance_m,
            "map": map_url(each.lat, each.lon),
            "lat": each.lat,
            "lon": each.lon,
        }
        for each in stations
        if getattr(each, want)
    ]
    return (
        [{"type": "places", "title": label("bikes_card", language), "rows": rows[: _MOST_FURTHER + 1]}] if rows else []
    )


def _figures(station: BikeStation, language: Language | None) -> list[str]:
    counts = {"bikes_card_bikes": station.bikes, "bikes_card_docks": station.docks}
    return [label(each, language).format(count=count) for each, count in counts.items() if count is not None]
