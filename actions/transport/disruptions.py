"""Answers what is known of disruptions: on a line, at a stop, or anywhere."""

from __future__ import annotations

from typing import Final

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import merged, say_answer
from actions.city.errors import CityProblemError
from actions.city.transport import Messages
from actions.reminders.following import FOLLOW, given_up, offer, set_up, wants_to_follow
from actions.speech import say
from actions.subject_answers import Asked, SubjectAnswer
from actions.subject_places import ask_for, ask_which, find
from actions.transport.line_problems import say_line_problem
from actions.turn import Turn
from kit.replies import Part, clock_time, text

SUBJECT: Final = "transport_disruptions"
#: Messages said at once; there are five paragraphs in all.
_MOST: Final = 3
#: Messages looked at where only those of one kind of vehicle are wanted.
_ALL: Final = 50


class Disruptions(SubjectAnswer):
    """Says the messages that hold now, or that none is known."""

    action_name = "action_disruptions"
    subject = SUBJECT
    capability = SUBJECT
    contact = "contact_transport"

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say them, those of the line or stop asked about where one is known."""
        if "mode" in turn.facts():
            for name in {"line", "stop"} - turn.facts().keys():
                asked.pop(name, None)  # "et dans le métro ?" after a line
        if "line" in asked:
            asked.pop("mode", None)
        stopped = given_up(turn, "line", asked.get("line"))
        if stopped:
            say(say_to, "follow_stopped", tasks=stopped)
            return [SlotSet("pending", None)]
        if wants_to_follow(turn, asked, SUBJECT) and asked.keys().isdisjoint({"line", "stop"}):
            asked[FOLLOW] = "yes"
            ask_for(say_to, asked, "line", "ask_line")
            return [SlotSet("pending", None)]
        if "stop" in asked:
            place = await find(self.services.city, asked, "stop", ("stop",))
            if place.place_id is None and "line" not in asked:
                return ask_which(say_to, SUBJECT, asked, "stop", place, unknown="stop_not_found")
            _take(asked, "stop", place.place_id)
        try:
            found = await self._found(turn, asked)
        except CityProblemError as error:
            if error.code == "line_not_found":
                say(say_to, "disruptions_line_unknown", line=asked["line"], contact=text(self.contact))
            else:
                say_line_problem(error, SUBJECT, asked, say_to)
            return []
        mode = asked.get("mode")
        if mode:
            found = _of_mode(found, mode)
        self._say(turn, asked, found, mode, say_to)
        return [SlotSet("pending", None)]

    def _say(self, turn: Turn, asked: Asked, found: Messages, mode: str | None, say_to: CollectingDispatcher) -> None:
        """Say the messages; of a line, have it followed where that is wanted, else offer it."""
        said, line = self._sentences(found, asked.get("line"), mode), asked.get("line")
        follows = wants_to_follow(turn, asked, SUBJECT)
        asked.pop(FOLLOW, None)
        if line is None:
            say_answer(say_to, said, found)
        elif follows:
            sentence, tasks = set_up(turn, "line", line)
            say_answer(say_to, [*said, sentence], found, tasks=tasks)
        else:
            say_answer(say_to, said, found, options=offer(turn, "line", line))

    async def _found(self, turn: Turn, asked: Asked) -> Messages:
        """Return the messages; a line that is asked about next, and does not stop there, is not asked about there."""
        limit = _ALL if "mode" in asked else _MOST + 1
        try:
            return await self.services.city.messages(line=asked.get("line"), stop=asked.get("stop"), limit=limit)
        except CityProblemError as error:
            said = turn.facts().keys() & {"line", "stop"}
            if error.code != "line_not_at_stop" or len(said) != 1:
                raise
        for name in {"line", "stop"} - said:
            del asked[name]
        return await self.services.city.messages(line=asked.get("line"), stop=asked.get("stop"))

    def _sentences(self, found: Messages, line: str | None, mode: str | None) -> list[Part]:
        if not found.items:
            now = clock_time(self.services.clock.now())
            if mode:
                return [text("disruptions_none_mode", now=now)]
            return [text("disruptions_none_line", line=line, now=now) if line else text("disruptions_none", now=now)]
        said = [text("disruption", message=merged(each.texts)) for each in found.items[:_MOST]]
        if found.total > len(said):
            said.append(text("disruptions_more", count=found.total - len(said)))
        return said


def _take(asked: Asked, name: str, value: str | None) -> None:
    """Put a fact among the others, or take it away where it has no value."""
    if value is None:
        asked.pop(name, None)
    else:
        asked[name] = value


def _of_mode(found: Messages, mode: str) -> Messages:
    """Return the messages about a kind of vehicle, and after them those that name no vehicle."""
    items = [each for each in found.items if each.concerns(mode)]
    items += [each for each in found.items if each.concerns(mode) is None]
    return found.model_copy(update={"items": tuple(items), "total": len(items)})
