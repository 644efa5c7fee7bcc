"""The sentences about trips: the best one leg by leg, the others in a line each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from actions.answers import spoken
from actions.city.journeys import Leg, Trip, TripPlace, Trips
from actions.speech import named, on_day
from actions.transport.wording import line_label
from kit.clock import BRUSSELS
from kit.languages import Language
from kit.replies import Part, Value, clock_time, listing, text


def sentences(found: Trips, now: datetime, *, by: datetime | None = None) -> list[Part]:
    """Return what there is to say about trips; ``by`` is the latest arrival that was asked for."""
    first, *others = found.items
    said = [_lead(found, first, now, by), listing([_leg(leg, first) for leg in legs_of(first)])]
    if others:
        said.append(text("trips_other", trips=listing([_other(each) for each in others])))
    rides = any(leg.line for trip in found.items for leg in trip.legs)
    return [*said, text("trip_how_sure" if rides else "trip_on_foot_estimated")]


def card(found: Trips, language: Language | None) -> dict[str, Any]:
    """Return the trips as a card."""
    title = f"{_place_words(found.origin, language)} – {_place_words(found.destination, language)}"
    return {"type": "trips", "title": title, "rows": [_row(trip, language) for trip in found.items]}


def _row(trip: Trip, language: Language | None) -> dict[str, Any]:
    return {
        "departs": trip.departure.isoformat(),
        "arrives": trip.arrival.isoformat(),
        "minutes": trip.duration_minutes,
        "changes": trip.transfers,
        "walk_m": near(trip.walk_m) if trip.walk_m else 0,
        "legs": [_leg_row(leg, language) for leg in legs_of(trip)],
    }


def _leg_row(leg: Leg, language: Language | None) -> dict[str, Any]:
    to = _place_words(leg.end, language)
    if leg.line is None or leg.headsign is None:
        return {"to": to, "minutes": leg.minutes, "walk_m": near(leg.walk_m)}
    return {
        "line": leg.line.short_name,
        "mode": leg.line.mode,
        "color": leg.line.color,
        "text_color": leg.line.text_color,
        "headsign": spoken(leg.headsign, language),
        "from": _place_words(leg.start, language),
        "to": to,
        "departs": leg.departure.isoformat(),
        "arrives": leg.arrival.isoformat(),
        "stops": leg.stop_count,
    }


def _place_words(place: TripPlace, language: Language | None) -> str:
    return " ".join([spoken(place.name, language), *([place.house_number] if place.house_number else [])])


def legs_of(trip: Trip) -> list[Leg]:
    """Return the legs worth a word: not the few metres from one platform of a stop to another."""
    return [leg for leg in trip.legs if leg.line or leg.start.id != leg.end.id]


def place_name(place: TripPlace) -> Part:
    """Return how an end of a trip is called."""
    label = named(place.name)
    return text("place_address", street=label, number=place.house_number) if place.house_number else label


def near(metres: int) -> int:
    """Return a distance that is estimated as one says it, in tens of metres."""
    return max(10, round(metres, -1))


def _lead(found: Trips, trip: Trip, now: datetime, by: datetime | None) -> Part:
    way = text("trip_way", origin=place_name(found.origin), destination=place_name(found.destination))
    day = trip.departure.astimezone(BRUSSELS).date()
    if day != now.astimezone(BRUSSELS).date():
        way = text("trip_way_on", way=way, day=on_day(day, now.date()))
    params: dict[str, Value] = {
        "way": way,
        "leaves": clock_time(trip.departure),
        "arrives": clock_time(trip.arrival),
        "count": trip.duration_minutes,
        "changes": _changes(trip),
    }
    return text("trip_lead_by", at=clock_time(by), **params) if by else text("trip_lead", **params)


def _leg(leg: Leg, trip: Trip) -> Part:
    if leg.line is None or leg.headsign is None:
        params: dict[str, Value] = {"count": leg.minutes, "metres": near(leg.walk_m)}
        if leg is trip.legs[-1] and leg.end.kind != "stop":
            return text("trip_walk_to_end", **params)
        return text("trip_walk_to_stop", stop=named(leg.end.name), **params)
    return text(
        "trip_ride",
        time=clock_time(leg.departure),
        line=line_label(leg.line),
        headsign=named(leg.headsign),
        start=named(leg.start.name),
        end=named(leg.end.name),
        count=leg.stop_count,
        arrival=clock_time(leg.arrival),
    )


def _other(trip: Trip) -> Part:
    lines = [line_label(leg.line) for leg in trip.legs if leg.line]
    walk = [text("trip_walks", metres=near(trip.walk_m))] if trip.walk_m else []
    how = (
        [listing(lines, "comma"), _changes(trip), *walk] if lines else [text("trip_on_foot", metres=near(trip.walk_m))]
    )
    return text(
        "trip_other", leaves=clock_time(trip.departure), arrives=clock_time(trip.arrival), how=listing(how, "comma")
    )


def _changes(trip: Trip) -> Part:
    if not any(leg.line for leg in trip.legs):
        return text("trip_all_on_foot")
    return text("trip_changes", count=trip.transfers) if trip.transfers else text("trip_direct")
