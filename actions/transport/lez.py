"""Answers whether a vehicle may drive in the low-emission zone on a day; asks for the vehicle, fact by fact."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.city.mobility_models import Lez
from actions.cues import labels_in
from actions.speech import ask, inform, say
from actions.subject_answers import SubjectAnswer
from actions.subjects import ASKED_FOR, WORDS, Asked
from actions.transport import lez_vehicle as reading
from actions.transport.lez_vehicle import EURO, FUEL, REGISTERED, UNKNOWN, VEHICLE
from actions.transport.lez_wording import FUELS, KINDS, Localised, about, verdict
from actions.turn import Turn
from kit.replies import Part, text

SUBJECT: Final = "transport_lez_check"

_CUES: Final = Path(__file__).with_name("lez_cues.yml")
_NORMS: Final = ("6", "5", "4", "3", "2", "1")
_OFFERED_FUELS: Final = ("diesel", "petrol", "lpg", "cng", "electric")


class LezCheck(SubjectAnswer):
    """Says whether the vehicle may drive, by which rule, and what else there is: day pass, registration, exemptions."""

    action_name = "action_lez_check"
    subject = SUBJECT
    capability = SUBJECT

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the verdict, or ask for the first fact that is missing for one."""
        today = self.services.clock.now().date()
        topics = labels_in(asked.get(WORDS, ""), _CUES)
        reading.read(asked, today)
        day = reading.day(asked, today, turn.language)
        vehicle = reading.vehicle(asked)
        found: Localised = {each: await self.services.city.lez(vehicle, day, each) for each in turn.languages}
        first = next(iter(found.values()))
        if first.verdict == "missing_facts" and _next(first, asked):
            self._ask(_next(first, asked), about(found, topics), first, asked, say_to)
            return []
        options = [ask("choice_other_vehicle", SUBJECT), ask("label_trip", "transport_plan_trip")]
        url = first.rule.source_url if first.rule else first.check_url
        say_answer(say_to, verdict(found, vehicle), first, options=options, url=url)
        return []

    def _ask(self, fact: str, said: list[Part], found: Lez, asked: Asked, say_to: CollectingDispatcher) -> None:
        asked[ASKED_FOR] = fact
        if said:
            say_answer(say_to, [*said, text(_QUESTIONS[fact])], found, options=_choices(fact))
        else:
            say(say_to, _QUESTIONS[fact], options=_choices(fact))


def _next(found: Lez, asked: Asked) -> str:
    """Return the fact to ask for; none where a resident has said not to know the last one."""
    fact = {"vehicle": VEHICLE, "fuel": FUEL, "euro": EURO}[found.missing[0]]
    if fact == EURO and asked.get(EURO) == UNKNOWN:
        return REGISTERED if asked.get(VEHICLE) == "car" and REGISTERED not in asked else ""
    return fact


_QUESTIONS: Final = {
    VEHICLE: "ask_lez_vehicle",
    FUEL: "ask_lez_fuel",
    EURO: "ask_lez_euro",
    REGISTERED: "ask_lez_registered",
}


def _choices(fact: str) -> list[Part]:
    if fact == VEHICLE:
        return [inform(text(label), vehicle=kind) for kind, label in KINDS.items()]
    if fact == FUEL:
        return [inform(text(FUELS[fuel]), fuel=fuel) for fuel in _OFFERED_FUELS]
    if fact == EURO:
        norms = [inform(text("lez_norm", norm=norm), euro_norm=norm) for norm in _NORMS]
        return [*norms, inform(text("choice_norm_unknown"), euro_norm=UNKNOWN)]
    return []
