"""The sentences about parking zones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from actions.answers import merged, together
from actions.city.mobility_models import Parking, ParkingColour, ParkingZone
from actions.communes.hours import hours_lines, week
from actions.speech import named
from actions.transport.parking_moments import When, state
from kit.languages import Language
from kit.replies import Part, amount, day, listing, text

#: What is known of parking, in each language that it was asked for in.
Localised = Mapping[Language, Parking]

#: Zones told of where a place lies in several.
_MOST_ZONES: Final = 6
_COLOURS: Final = {
    "red": "parking_red",
    "orange": "parking_orange",
    "grey": "parking_grey",
    "green": "parking_green",
    "blue": "parking_blue",
    "event": "parking_event",
}


def spot(found: Parking) -> Part:
    """Return how the place is called, with its house number."""
    number = found.place.split(":")[2] if found.place.startswith("address:") else None
    return text("place_address", street=named(found.name), number=number) if number else named(found.name)


def one_zone(found: Sequence[tuple[When, Localised]], now: datetime) -> list[Part]:
    """Return what there is to say of the one zone of a place: whether one has to pay then first."""
    first = found[0][1]
    zone = _first(first)
    where = text("parking_zone", place=spot(next(iter(first.values()))), zone=text(_COLOURS[zone.colour]))
    states = [said for when, each in found if (said := state(_first(each), when, now))]
    parts = [together([where, *states])]
    parts.append(text("parking_rule", rule=merged({each: page.zones[0].text for each, page in first.items()})))
    hours = text("parking_hours", lines=hours_lines(zone.hours, now.date()))
    parts.append(hours if zone.hours else text("parking_hours_unknown"))
    parts += _prices(zone)
    if zone.may_have_changed:
        parts.append(text("parking_may_have_changed", since=day(zone.valid_from, "date")))
    return parts


def of_colour(found: ParkingColour) -> list[Part]:
    """Return what a zone of a colour usually costs, and how long one may stay."""
    zone = text(_COLOURS[found.colour])
    said = [text("parking_colour_disc" if found.disc else "parking_colour", zone=zone)]
    return [together([*said, *_prices(found)])]


def several_zones(found: Localised, now: datetime) -> list[Part]:
    """Return the zones of a street or a commune that lies in several, a line each."""
    first = next(iter(found.values()))
    lines = [
        _line({each: page.zones[number] for each, page in found.items()}, now)
        for number in range(min(len(first.zones), _MOST_ZONES))
    ]
    in_street = first.place.startswith("street:")
    return [
        text("parking_several", place=named(first.name), count=len(first.zones)),
        listing(lines),
        text("parking_ask_number" if in_street else "parking_ask_address"),
    ]


def _line(zones: Mapping[Language, ParkingZone], now: datetime) -> Part:
    zone = next(iter(zones.values()))
    facts = week(zone.hours, now.date())
    if zone.most_minutes:
        facts.append(text("parking_most_short", longest=_length(zone.most_minutes)))
    hour = next((price.eur for price in zone.prices if price.minutes == 60), None)
    if hour is not None:
        facts.append(text("parking_price", length=_length(60), price=amount(hour)))
    elif zone.disc:
        facts.append(text("parking_free_with_disc"))
    area = merged({each: of.name for each, of in zones.items()})
    return text("parking_line", zone=text(_COLOURS[zone.colour]), area=area, facts=listing(facts, "comma"))


def _prices(zone: ParkingZone | ParkingColour) -> list[Part]:
    """Return the prices and the longest stay, in one paragraph."""
    said = []
    if zone.prices:
        prices = [text("parking_price", length=_length(each.minutes), price=amount(each.eur)) for each in zone.prices]
        said.append(text("parking_prices", prices=listing(prices, "comma")))
    if zone.most_minutes:
        said.append(text("parking_most", longest=_length(zone.most_minutes)))
    return [together(said)] if said else []


def _length(minutes: int) -> Part:
    """Return a length of time: 30 minutes, 2 hours, 4 h 30."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return text("length_minutes", count=rest)
    return text("length_both", hours=hours, minutes=f"{rest:02}") if rest else text("length_hours", count=hours)


def _first(found: Localised) -> ParkingZone:
    return next(iter(found.values())).zones[0]
