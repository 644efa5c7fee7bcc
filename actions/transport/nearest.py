"""Answers which stops are nearest to a place: how far on foot, their lines, and where on the map."""

from __future__ import annotations

from typing import Final

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.capabilities import topics
from actions.city.errors import CityProblemError
from actions.place_answers import PlaceAnswer
from actions.speech import ask, named, payload, place_label, say
from actions.subject_places import STAND_INS, ask_for
from actions.subjects import CONTINUES, WORDS, Asked
from actions.transport.line_problems import say_line_problem
from actions.transport.nearest_wording import card, sentences
from actions.transport.trip_ends import meant
from actions.transport.wording import KINDS
from actions.turn import Turn
from kit.replies import choice, text

SUBJECT: Final = "transport_nearest_stop"


class NearestStop(PlaceAnswer):
    """Says the nearest stops, or asks near which place."""

    action_name = "action_nearest_stop"
    subject = SUBJECT
    capability = SUBJECT
    contact = "contact_transport"
    kinds = ("address", "street", "landmark", "stop", "locality", "commune", "point")
    question = "ask_place_near"
    unknown = "place_near_unknown"

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Take the place from the words where it was not recognised, and say what is near."""
        spotted = await self._spotted(turn)
        if spotted:
            for name in STAND_INS[self.fact]:
                asked.pop(name, None)
            asked[self.fact] = spotted
        elif asked.pop(WORDS, None) and turn.intent in CONTINUES:
            say(say_to, "utter_not_understood", options=topics(person=True))
            return []
        asked.pop(WORDS, None)
        return await super().tell(turn, asked, say_to)

    async def tell_at(self, turn: Turn, place: str, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the stops near a place."""
        mode = asked.get("mode")
        try:
            where = await self.services.city.place(place)
            found = await self.services.city.stops_near(place, mode=mode, line=asked.get("line"))
        except CityProblemError as error:
            if error.code != "place_not_found":
                say_line_problem(error, SUBJECT, asked, say_to)
                return []
            del asked[self.fact]
            ask_for(say_to, asked, self.fact, self.question)
            return [SlotSet(self.fact, None)]
        label = place_label(where, with_commune=True)
        if not found.items:
            if mode in KINDS:
                options = [ask("choice_any_stop", SUBJECT, **{self.fact: place})]
                say(say_to, "nearest_none_kind", place=label, kind=text(KINDS[mode]), options=options)
            else:
                say(say_to, "nearest_none", place=label, contact=text(self.contact))
            return []
        options = [
            choice(
                text("choice_departures_at", stop=named(each.name)),
                payload("transport_next_departures", stop=each.id),
            )
            for each in found.items
        ]
        cards = [card(found.items, mode, turn.language)]
        say_answer(say_to, sentences(found.items, label, mode), found, cards=cards, options=options)
        return [SlotSet("stop", found.items[0].id)]  # "and when is the next one?" is asked there

    async def _spotted(self, turn: Turn) -> str | None:
        """Return the place that the message names where the model has not recognised one."""
        if not turn.text or turn.intent not in {*CONTINUES, SUBJECT} or turn.entity_names() & set(STAND_INS[self.fact]):
            return None
        spotted = await self.services.city.spot(turn.text, self.kinds)
        return meant(spotted[0], self.kinds) if spotted else None
