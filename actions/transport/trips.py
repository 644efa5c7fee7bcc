"""Answers how to get from one place to another: up to three trips, the best one leg by leg."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer, together
from actions.city.errors import CityProblemError
from actions.city.journeys import Trips
from actions.cues import first_label_in, labels_in, last_label_in
from actions.moments.times import parse_moment
from actions.moments.words import words
from actions.places.resolution import is_place_id
from actions.speech import place_label
from actions.subject_answers import Asked, SubjectAnswer
from actions.subject_places import ask_for, ask_which, changed, find
from actions.transport.trip_ends import KINDS, SUBJECT
from actions.transport.trip_facts import ARRIVE, CUES, outdated, take_ends
from actions.transport.trip_problems import say_problem
from actions.transport.trip_wording import card, sentences
from actions.turn import Turn
from kit.clock import BRUSSELS
from kit.replies import Part, choice, clock_time, text
from kit.text import fold

#: Among the facts: whether there may be no steps on the way.
_STEP_FREE: Final = "step_free"
#: Among the facts: the kinds of vehicles to go by, as the façade names them.
_ONLY: Final = "mode"
#: The label of a cue that a kind of vehicle is to be gone by alone, or not at all; the kind follows.
_BY: Final = "only_"
_NOT_BY: Final = "not_"
_MODES: Final = ("tram", "bus", "metro", "train")
_YES: Final = "yes"
#: What a time can be: that of the arrival, or of leaving.
_TIMES: Final = frozenset({ARRIVE, "leave_at"})


class PlanTrip(SubjectAnswer):
    """Says how to get there, or asks from where or where to."""

    action_name = "action_plan_trip"
    subject = SUBJECT
    capability = SUBJECT
    contact = "contact_transport"

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the trips between the two places once both are known."""
        await take_ends(self.services.city, turn, asked, self.wanted(turn))
        _take_cues(turn, asked)
        if "destination" not in asked:
            ask_for(say_to, asked, "destination", "ask_destination")
            return []
        for fact, unknown in (("destination", "destination_unknown"), ("origin", "origin_unknown")):
            if fact not in asked:
                ask_for(say_to, asked, fact, "ask_origin", await self._known(turn, asked))
                return []
            found = await find(self.services.city, asked, fact, KINDS)
            if found.place_id is None:
                return ask_which(say_to, SUBJECT, asked, fact, found, unknown=unknown)
            asked[fact] = found.place_id
            asked.pop("commune", None)
        await self._say(turn, asked, say_to)
        return [SlotSet("pending", None)]

    async def _say(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> None:
        now = self.services.clock.now()
        at = parse_moment(asked.get("time"), asked.get("date"), now, turn.language)
        by = at if ARRIVE in asked else None
        before: list[Part] = []
        if at is None and fold(asked.get("time", "")) not in {"", *words().now}:
            before = [text("time_not_understood")]
        try:
            found = await self._found(asked, before, at=None if by else at, by=by)
            if by and not (found := _still_to_come(found, now)).items:
                before.append(text("trip_too_late", at=clock_time(by)))
                by, found = None, await self._found(asked, before)
        except CityProblemError as error:
            say_problem(error, asked, say_to)
            return
        said = [*([together(before)] if before else []), *sentences(found, now, by=by)]
        cards = [card(found, turn.language)]
        say_answer(say_to, said, found, cards=cards, options=_next(found, asked, later=by is None))

    async def _found(
        self, asked: Asked, before: list[Part], *, at: datetime | None = None, by: datetime | None = None
    ) -> Trips:
        """Return the trips, by the one kind of vehicle that was asked for, or by all where that alone leads nowhere."""
        ends = asked["origin"], asked["destination"]
        step_free, mode = _STEP_FREE in asked, asked.get(_ONLY)
        try:
            return await self.services.city.trips(*ends, at=at, arrive_by=by, step_free=step_free, mode=mode)
        except CityProblemError as error:
            if mode is None or error.code != "no_journey":
                raise
        del asked[_ONLY]
        before.append(text("trip_by_others"))
        return await self.services.city.trips(*ends, at=at, arrive_by=by, step_free=step_free)

    async def _known(self, turn: Turn, asked: Asked) -> list[Part]:
        """Return the places that the resident has spoken of already, as choices for where to leave from."""
        ids = [turn.memory("shown").get(name) for name in ("origin", "destination")]
        ids += [turn.slot("stop"), turn.slot("address")]
        known = [each for each in dict.fromkeys(ids) if each and is_place_id(each) and each != asked["destination"]]
        options = []
        for place_id in known[:2]:
            try:
                label = place_label(await self.services.city.place(place_id), with_commune=True)
            except CityProblemError:
                continue
            options.append(choice(label, changed(asked, SUBJECT, origin=place_id)))
        return options


def _still_to_come(found: Trips, now: datetime) -> Trips:
    """Return the trips that have not left: those that arrive in time may have to leave before now."""
    return found.model_copy(update={"items": tuple(trip for trip in found.items if trip.departure >= now)})


def _take_cues(turn: Turn, asked: Asked) -> None:
    """Take whether a time that was said is the arrival's, and whether steps are to be avoided."""
    labels = labels_in(turn.text, CUES)
    if _STEP_FREE in labels:
        asked[_STEP_FREE] = _YES
    if turn.intent == SUBJECT and turn.text:
        asked.pop(_ONLY, None)  # "which bus goes there?" does not mind a tram
    without = {label.removeprefix(_NOT_BY) for label in labels if label.startswith(_NOT_BY)}
    modes = [label.removeprefix(_BY) for label in labels if label.startswith(_BY)]
    modes = modes or ([each for each in _MODES if each not in without] if without else [])
    if modes:
        asked[_ONLY] = ",".join(modes)
    spans = turn.spans(("time", "date"))
    if not spans:
        return
    before, after = turn.text[: min(start for start, _, _ in spans)], turn.text[max(end for _, end, _ in spans) :]
    said = last_label_in(before, CUES, _TIMES) or first_label_in(after, CUES, _TIMES)
    if said == ARRIVE:
        asked[ARRIVE] = _YES
    elif said or turn.intent == SUBJECT:
        asked.pop(ARRIVE, None)


def _next(found: Trips, asked: Asked, *, later: bool) -> list[Part]:
    options = []
    if later and found.items:
        then = max(trip.departure for trip in found.items).astimezone(BRUSSELS) + timedelta(minutes=1)
        when = {"date": f"{then.day}/{then.month}/{then.year}", "time": f"{then:%H:%M}"}
        options.append(choice(text("choice_later_trips"), changed(asked, SUBJECT, **when)))
    back = {name: value for name, value in asked.items() if name not in outdated(asked)}
    swapped = changed(back, SUBJECT, origin=asked["destination"], destination=asked["origin"])
    return [*options, choice(text("choice_trip_back"), swapped)]
