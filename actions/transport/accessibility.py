"""Answers whether a stop can be reached without steps, what is known of its lifts, and what to do where it cannot."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer, together
from actions.city.mobility_models import LineAccess, StopAccess
from actions.cues import labels_in
from actions.place_answers import PlaceAnswer
from actions.speech import ask, named
from actions.subjects import Asked
from actions.transport.wording import line_label
from actions.turn import ANOTHER, Turn
from kit.replies import Part, clock_time, listing, quotation, text

SUBJECT: Final = "transport_accessibility"

_CUES: Final = Path(__file__).with_name("access_cues.yml")
#: Stops looked at for one that can be reached without steps.
_LOOKED_AT: Final = 12
_MOST_MESSAGES: Final = 2
#: Kinds of lines whose stations may have lifts.
_WITH_LIFTS: Final = frozenset({"metro", "train"})


class StepFreeAccess(PlaceAnswer):
    """Says it for the stop, or for one line there."""

    action_name = "action_accessibility"
    subject = SUBJECT
    capability = SUBJECT
    contact = "contact_transport"
    fact = "stop"
    kinds = ("stop",)
    question = "ask_access_stop"
    unknown = "stop_not_found"

    async def tell_at(self, turn: Turn, place: str, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say what is known of the stop."""
        found = await self.services.city.stop_access(place, turn.languages[0])
        line = next((each for each in found.lines if each.short_name == asked.get("line")), None)
        said = [together(_line(found, line)) if line else together(_stop(found, asked.get("line")))]
        said += self._lifts(found)
        if not (line.boarding if line else found.stop.wheelchair):
            said += await self._instead(found, place)
        options = [
            ask("choice_departures_there", "transport_next_departures", stop=place),
            ask("choice_other_stop", SUBJECT, stop=ANOTHER),
        ]
        say_answer(say_to, said, found, options=options)
        return []

    def _lifts(self, found: StopAccess) -> list[Part]:
        """Return what operators say of lifts there now; timetables do not know them."""
        about = [each for each in found.messages if labels_in(" ".join(each.texts.values()), _CUES)]
        if about:
            return [text("access_lift_message", message=quotation(each.texts)) for each in about[:_MOST_MESSAGES]]
        if not any(each.mode in _WITH_LIFTS for each in found.lines):
            return []
        return [text("access_lifts_unknown", now=clock_time(self.services.clock.now()))]

    async def _instead(self, found: StopAccess, place: str) -> list[Part]:
        """Return what to do where one cannot board, or that is not known."""
        near = await self.services.city.stops_within_reach(place, limit=_LOOKED_AT)
        reachable = next((each for each in near if each.wheelchair and each.id != place), None)
        said = []
        if reachable is not None and not found.stop.wheelchair:
            metres = round((reachable.walk_m or 0) / 10) * 10
            said.append(text("access_nearest", stop=named(reachable.name), metres=metres))
        return [together([*said, text("access_what_to_do", contact=text(self.contact))])]


def _stop(found: StopAccess, line: str | None) -> list[Part]:
    """Return whether the stop is accessible, and which lines one can board there."""
    stop = named(found.stop.name)
    said = [text("access_line_not_here", line=line, stop=stop)] if line else []
    said.append(text(_STOPS[found.stop.wheelchair], stop=stop))
    for boarding, reply in _BOARDING.items():
        lines = [line_label(each) for each in found.lines if each.boarding is boarding]
        if lines and (boarding is not None or found.stop.wheelchair is not None):
            said.append(text(reply, lines=listing(lines, "comma")))
    return said


def _line(found: StopAccess, line: LineAccess) -> list[Part]:
    label, stop = line_label(line), named(found.stop.name)
    if line.boarding is None and line.platforms:
        return [text("access_line_platform", line=label, stop=stop)]
    return [text(_LINES[line.boarding], line=label, stop=stop)]


_STOPS: Final = {True: "access_yes", False: "access_no", None: "access_unknown"}
_LINES: Final = {True: "access_line_yes", False: "access_line_no", None: "access_line_unknown"}
_BOARDING: Final = {True: "access_lines_yes", False: "access_lines_no", None: "access_lines_unknown"}
