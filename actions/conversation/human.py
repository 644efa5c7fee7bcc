"""How to reach a person: the Region's telephone service, and whether it answers now."""

from __future__ import annotations

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.base import CityAction
from actions.city.errors import CityUnavailableError
from actions.communes.hours import closing_time, hours_lines, opening_moment
from actions.speech import say
from actions.turn import Turn
from kit.replies import clock_time, text


class AskHuman(CityAction):
    """Says the number, whether someone answers now, and the hours."""

    action_name = "action_ask_human"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say how to reach a person."""
        now = self.services.clock.now()
        contacts = await self.services.city.contacts(turn.language or "fr")
        centre = next((each for each in contacts if each.kind == "call_centre"), None)
        if centre is None or not centre.phone:
            raise CityUnavailableError("no call centre among the contacts")
        said = [text("human_phone", phone=centre.phone)]
        until = closing_time(centre.hours, now)
        if centre.open_now:
            said.append(text("human_open", until=clock_time(until)) if until else text("human_open_now"))
        elif centre.opens_next is not None:
            said.append(text("human_closed_opens", opens=opening_moment(centre.opens_next, now.date())))
        elif centre.open_now is False:
            said.append(text("human_closed"))
        if centre.hours:
            said.append(text("human_hours", lines=hours_lines(centre.hours, now.date())))
        say_answer(say_to, said, centre)
        return []

    def when_city_is_down(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the number all the same: it is the one thing that was asked for."""
        del turn
        say(say_to, self.contact)
        return []
