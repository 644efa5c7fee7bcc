"""Answers whether a vehicle may drive in the low-emission zone on a day; asks for the vehicle, fact by fact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer, together
from actions.capabilities import topics as all_topics
from actions.city.mobility_models import Lez, LezVehicle
from actions.cues import labels_in
from actions.speech import ask, inform, say
from actions.subject_answers import SubjectAnswer
from actions.subjects import ASKED_FOR, CONTINUES, WORDS, Asked
from actions.transport import lez_vehicle as reading
from actions.transport.lez_vehicle import EURO, FUEL, REGISTERED, UNKNOWN, VEHICLE
from actions.transport.lez_wording import FUELS, KINDS, Localised, about, verdict
from actions.turn import Turn
from kit.replies import Part, text

SUBJECT: Final = "transport_lez_check"

_CUES: Final = Path(__file__).with_name("lez_cues.yml")
_NORMS: Final = ("6", "5", "4", "3", "2", "1")
#: Facts of the vehicle and the day; what else is asked (a price) is none.
_ABOUT_IT: Final = frozenset({VEHICLE, FUEL, EURO, REGISTERED, "date"})
#: What "how much is it?" is about.
_COSTS: Final = ("fine", "day_pass")
_OFFERED_FUELS: Final = ("diesel", "petrol", "lpg", "cng", "electric")


class LezCheck(SubjectAnswer):
    """Says whether the vehicle may drive, by which rule, and what else there is: day pass, registration, exemptions."""

    action_name = "action_lez_check"
    subject = SUBJECT
    capability = SUBJECT

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the verdict, or ask for the first fact that is missing for one."""
        today = self.services.clock.now().date()
        topics = labels_in(asked.get(WORDS, turn.text), _CUES)
        if asked.pop("facet", None) == "cost" and turn.intent != SUBJECT and not topics:
            topics = list(_COSTS)
        if turn.intent in CONTINUES:
            asked.setdefault(WORDS, turn.text)  # a year may stand in it: "et en 2028 ?"
        before = dict(asked)
        reading.read(asked, today)
        if self._says_nothing(turn, topics, read=before != {**asked, WORDS: before.get(WORDS, "")}):
            say(say_to, "utter_not_understood", options=all_topics(person=True))
            return []
        day = reading.day(asked, today, turn.language)
        vehicle = reading.vehicle(asked)
        found: Localised = {each: await self.services.city.lez(vehicle, day, each) for each in turn.languages}
        first = next(iter(found.values()))
        said = about(await self._of_the_fine(found, vehicle, today, topics), topics)
        if first.verdict == "missing_facts" and _next(first, asked):
            fact = _next(first, asked)
            asked[ASKED_FOR] = fact
            if said:
                say_answer(say_to, [*said, text(_QUESTIONS[fact])], first, options=_choices(fact))
            elif turn.facts().keys() & _ABOUT_IT and _asked_before(turn) == fact:
                question = together([text("lez_noted"), text(_QUESTIONS[fact])])  # the same question once more
                say(say_to, question["id"], options=_choices(fact), **question["params"])
            else:
                say(say_to, _QUESTIONS[fact], options=_choices(fact))
            return []
        if said and turn.intent in CONTINUES and not turn.facts().keys() & _ABOUT_IT:
            say_answer(say_to, said, first, options=[ask("choice_other_vehicle", SUBJECT)], url=first.check_url)
            return []
        options = [ask("choice_other_vehicle", SUBJECT), ask("label_trip", "transport_plan_trip")]
        url = first.rule.source_url if first.rule else first.check_url
        say_answer(say_to, verdict(found, vehicle, today), first, options=options, url=url)
        return []

    async def _of_the_fine(
        self, found: Localised, vehicle: LezVehicle, today: date, topics: Sequence[str]
    ) -> Localised:
        """Return what tells of the fine: today's answer where that of another day does not."""
        first = next(iter(found.values()))
        if "fine" not in topics or first.enforcement_text or first.day == today:
            return found
        return {each: await self.services.city.lez(vehicle, today, each) for each in found}

    def _says_nothing(self, turn: Turn, topics: Sequence[str], *, read: bool) -> bool:
        """Tell whether a few words after an answer hold nothing that this question is about."""
        goes_on = turn.intent in CONTINUES and bool(turn.text) and self.wanted(turn) is None
        return goes_on and not (topics or read or turn.facts().keys() & _ABOUT_IT)


def _asked_before(turn: Turn) -> str | None:
    """Return the fact that the answer before asked for."""
    asked: str | None = turn.memory("shown").get(ASKED_FOR)
    return asked


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
