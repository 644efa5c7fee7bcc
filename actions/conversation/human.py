"""How to reach a person: the Region's telephone service, and whether it answers now.

The gateway is told that one is asked for; where somebody is at the desk, they answer in the conversation instead.
"""

from __future__ import annotations

from typing import Final

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import say_answer
from actions.base import CityAction
from actions.city.errors import CityProblemError, CityUnavailableError
from actions.city.port import City
from actions.communes.hours import closing_time, hours_lines, opening_moment
from actions.speech import say
from actions.turn import Turn
from kit.replies import clock_time, text
from kit.tasks import ask_person
from kit.wire import QUESTION_SLOT

#: What an operator is told of the question, as far as it is known.
_PLACES: Final = frozenset({"address", "stop", "commune"})
_FACTS: Final = (*sorted(_PLACES), "line", "date")


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
        task = ask_person(turn.slot(QUESTION_SLOT), await known(turn, self.services.city), centre.open_now)
        say_answer(say_to, said, centre, tasks=[task])
        return []

    def when_city_is_down(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the number all the same: it is the one thing that was asked for."""
        say(say_to, self.contact, tasks=[ask_person(turn.slot(QUESTION_SLOT), {}, None)])
        return []


async def known(turn: Turn, city: City) -> dict[str, str]:
    """Return what is known in words that a person reads, places with their names; without those that are not found."""
    found = {name: turn.slot(name) for name in _FACTS}
    facts = {name: value for name, value in found.items() if value}
    for name in _PLACES & facts.keys():
        if ":" in facts[name]:
            try:
                place = await city.place(facts[name])
            except (CityProblemError, CityUnavailableError):
                del facts[name]
                continue
            number = f" {place.house_number}" if place.house_number else ""
            facts[name] = " / ".join(dict.fromkeys(f"{each}{number}" for each in (place.name.fr, place.name.nl)))
    return facts
