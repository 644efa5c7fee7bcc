"""Answers what parking costs at a place: the zone, whether its rule holds then, its hours, prices and longest stay."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.city.errors import CityProblemError
from actions.cues import labels_in
from actions.moments.days import parse_days
from actions.moments.times import parse_moment
from actions.place_answers import PlaceAnswer, ask_number
from actions.speech import ask
from actions.subject_places import STAND_INS
from actions.subjects import ASKED_FOR, WORDS, Asked
from actions.transport.parking_moments import NOW, When
from actions.transport.parking_wording import Localised, of_colour, one_zone, several_zones, spot
from actions.turn import ANOTHER, Turn
from kit.replies import text

SUBJECT: Final = "transport_parking_rules"

_CUES: Final = Path(__file__).with_name("parking_cues.yml")
#: The cues that say what is done with a car; all others are colours.
_VERBS: Final = "parks"
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
        now = self.services.clock.now()
        whens = _whens(asked, now, turn)
        try:
            found = [await self._at(turn, place, when) for when in whens]
        except CityProblemError as error:
            if error.code != "place_not_found" or not place.startswith("address:"):
                raise
            asked[self.fact] = place = f"street:{place.split(':')[1]}"  # no such number: what the street is known for
            found = [await self._at(turn, place, when) for when in whens]
        first = next(iter(found[0].values()))
        options = [ask("choice_other_address", SUBJECT, address=ANOTHER)]
        if not first.known:
            unknown = text("parking_zone_unknown", place=spot(first), contact=text(self.contact))
            say_answer(say_to, [unknown], first, options=options)
            return []
        options.append(ask("label_resident_card", "permit_resident_parking"))
        if len(first.zones) > 1:
            say_answer(say_to, several_zones(found[0], now), first, options=options)
            if place.startswith("street:"):
                ask_number(asked, place)
            return []
        said = one_zone(list(zip(whens, found, strict=True)), now)
        say_answer(say_to, said, first, options=options, url=first.zones[0].source_url)
        return []

    async def _at(self, turn: Turn, place: str, when: When) -> Localised:
        return {each: await self.services.city.parking(place, when.at, each) for each in turn.languages}


def _colour(asked: Asked) -> str | None:
    return next((each for each in labels_in(asked.get(WORDS, ""), _CUES) if each != _VERBS), None)


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
