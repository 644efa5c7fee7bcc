"""Answers what is known of disruptions: on a line, at a stop, or anywhere."""

from __future__ import annotations

from typing import Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import merged, say_answer
from actions.city.errors import CityProblemError
from actions.city.transport import Messages
from actions.places.resolution import resolve
from actions.speech import say
from actions.subject_answers import Asked, SubjectAnswer
from actions.turn import Turn
from kit.replies import Part, clock_time, text

SUBJECT: Final = "transport_disruptions"
#: Messages said at once; there are five paragraphs in all.
_MOST: Final = 3


class Disruptions(SubjectAnswer):
    """Says the messages that hold now, or that none is known."""

    action_name = "action_disruptions"
    subject = SUBJECT
    capability = SUBJECT
    contact = "contact_transport"

    async def tell(self, turn: Turn, asked: Asked, say_to: CollectingDispatcher) -> list[EventType]:
        """Say them, those of the line or stop asked about where one is known."""
        line, written = asked.get("line"), asked.get("stop")
        stop = (await resolve(self.services.city, written, ("stop",))).place_id if written else None
        try:
            found = await self.services.city.messages(line=line, stop=stop)
        except CityProblemError as error:
            if error.code != "line_not_found":
                raise
            say(say_to, "disruptions_line_unknown", line=str(line), contact=text(self.contact))
            return []
        say_answer(say_to, self._sentences(found, line), found)
        return []

    def _sentences(self, found: Messages, line: str | None) -> list[Part]:
        if not found.items:
            now = clock_time(self.services.clock.now())
            return [text("disruptions_none_line", line=line, now=now) if line else text("disruptions_none", now=now)]
        said = [text("disruption", message=merged(each.texts)) for each in found.items[:_MOST]]
        if found.total > len(said):
            said.append(text("disruptions_more", count=found.total - len(said)))
        return said
