"""Answers what parking costs at a place: the zone, whether its rule holds then, its hours, prices and longest stay."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.city.errors import CityProblemError
from actions.city.mobility_models import Parking
from actions.cues import labels_in
from actions.moments.days import parse_days
from actions.moments.times import parse_moment
from actions.place_answers import PlaceAnswer, ask_number
from actions.places.resolution import commune_slug
from actions.speech import ask, place_label
from actions.subject_places import STAND_INS, ask_for
from actions.subjects import ASKED_FOR, WORDS, Asked
from actions.transport import car_parks
from actions.transport.parking_moments import NOW, When
from actions.transport.parking_wording import Localised, of_colour, one_zone, several_zones, spot
from actions.turn import ANOTHER, Turn
from kit.replies import text

SUBJECT: Final = "transport_parking_rules"

_CUES: Final = Path(__file__).with_name("parking_cues.yml")
#: The cues that say what is done with a car.
_VERBS: Final = "parks"
#: The cue that a place off the street is looked for.
_GARAGE: Final = "garage"
#: The fact that says what is looked for, and its value for places off the street.
WANT: Final = "want"
CAR_PARKS: Final = "car_parks"
#: Among the facts: the commune, by its id, in which the street is meant.
_WITHIN: Final = "within"
#: A longer span of days is answered by the week's hours alone.
_MOST_DAYS: Final = 2


class ParkingRules(PlaceAnswer):
    """Says whether one has to pay, then the zone's rule."""

    action_name = "action_parking_rules"
    subject = SUBJECT
    capability = SUBJECT
    kinds = ("address", "street", "stop", "landmark", "locality", "commune")
    question = "ask_parking_place"
    unknown = "parking_place_unknown"

    def asked(self, turn: Turn) -> Asked:
        """Return the facts; "where can I park" is about no place called Park."""
        asked = super().asked(turn)
        named = {name: value for name, value in asked.items() if name in STAND_INS[self.fact]}
        verbs = [name for name, value in named.items() if " " not in value and _VERBS in labels_in(value, _CUES)]
        return {name: value for name, value in asked.items() if name not in verbs}

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the rule at a place; of a colour alone ("blue zone, how long?") what such zones have in common."""
        if _GARAGE in labels_in(turn.text, _CUES):
            asked[WANT] = CAR_PARKS
        colour = None if asked.keys() & {*STAND_INS[self.fact]} else _colour(asked)
        if colour is None:
            return await super().tell(turn, asked, say_to)
        found = await self.services.city.parking_colours()
        known = next((each for each in found.items if each.colour == colour), None)
        if known is None:
            return await super().tell(turn, asked, say_to)
        asked[ASKED_FOR] = self.fact
        say_answer(say_to, [*of_colour(known), text("parking_ask_street")], found)
        return []

    async def tell_at(self, turn: Turn, place: str, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the zone at the place, or its zones."""
        if turn.facts().keys() & {"address", "stop"}:
            asked.pop(_WITHIN, None)
        if turn.facts().keys() & {"date", "time"} and WANT not in turn.facts():
            asked.pop(WANT, None)  # "and on Sunday?" is about the street
        if asked.get(WANT) == CAR_PARKS:
            return await self._say_car_parks(turn, place, asked, say_to)
        now = self.services.clock.now()
        whens = _whens(asked, now, turn)
        try:
            found = [await self._at(turn, place, when) for when in whens]
        except CityProblemError as error:
            if error.code != "place_not_found" or not place.startswith("address:"):
                raise
            asked[self.fact] = place = f"street:{place.split(':')[1]}"  # no such number: what the street is known for
            found = [await self._at(turn, place, when) for when in whens]
        found = await self._in_commune(turn, asked, found)
        first = next(iter(found[0].values()))
        elsewhere = ask("choice_car_parks", SUBJECT, **{self.fact: place, WANT: CAR_PARKS})
        options = [ask("choice_other_address", SUBJECT, address=ANOTHER)]
        if not first.known:
            unknown = text("parking_zone_unknown", place=spot(first), contact=text(self.contact))
            say_answer(say_to, [unknown], first, options=[elsewhere, *options])
            return []
        options.insert(0, elsewhere)
        options.append(ask("label_resident_card", "permit_resident_parking"))
        if len(first.zones) > 1:
            say_answer(say_to, several_zones(found[0], now), first, options=options)
            if place.startswith("street:"):
                ask_number(asked, place)
            return []
        said = one_zone(list(zip(whens, found, strict=True)), now)
        say_answer(say_to, said, first, options=options, url=first.zones[0].source_url)
        return []

    async def _say_car_parks(
        self, turn: Turn, place: str, asked: Asked, say_to: CollectingDispatcher
    ) -> list[EventType]:
        """Say the public car parks near a place."""
        try:
            where = await self.services.city.place(place)
            found = await self.services.city.car_parks(place, limit=car_parks.MOST)
        except CityProblemError as error:
            if error.code != "place_not_found":
                raise
            asked.pop(self.fact, None)
            ask_for(say_to, asked, self.fact, self.question)
            return []
        options = [
            ask("choice_street_parking", SUBJECT, **{self.fact: place}),
            ask("choice_other_address", SUBJECT, **{self.fact: ANOTHER, WANT: CAR_PARKS}),
        ]
        said = car_parks.sentences(found.items, place_label(where, with_commune=True))
        say_answer(say_to, said, found, cards=car_parks.card(found.items, turn.language), options=options)
        return []

    async def _in_commune(self, turn: Turn, asked: Asked, found: list[Localised]) -> list[Localised]:
        """Return what is known in the commune that the messages name; all of it where that is nothing."""
        zones, written = next(iter(found[0].values())).zones, turn.entity("commune")
        slug = await commune_slug(self.services.city, written) if written else asked.get(_WITHIN)
        if slug is None or not any(zone.commune == slug for zone in zones):
            return found
        asked[_WITHIN] = slug
        return [{each: _only(page, slug) for each, page in localised.items()} for localised in found]

    async def _at(self, turn: Turn, place: str, when: When) -> Localised:
        return {each: await self.services.city.parking(place, when.at, each) for each in turn.languages}


def _only(page: Parking, commune: str | None) -> Parking:
    return page.model_copy(update={"zones": tuple(zone for zone in page.zones if zone.commune == commune)})


def _colour(asked: Asked) -> str | None:
    return next((each for each in labels_in(asked.get(WORDS, ""), _CUES) if each not in {_VERBS, _GARAGE}), None)


def _whens(asked: Asked, now: datetime, turn: Turn) -> list[When]:
    """Return the moments that are asked about: a time, one or two days, or now."""
    day, time = asked.get("date"), asked.get("time")
    if time:
        moment = parse_moment(time, day, now, turn.language)
        return [When(moment=moment)] if moment else [NOW]
    days = parse_days(day, now.date(), turn.language) if day else None
    if days is None or days.last <= now.date() or (days.last - days.first).days >= _MOST_DAYS:
        return [NOW]
    return [When(day=days.first + timedelta(days=ahead)) for ahead in range((days.last - days.first).days + 1)]
