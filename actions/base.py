"""The base of every action: whatever goes wrong inside becomes an honest reply, never an error to Rasa."""

from __future__ import annotations

import logging
from abc import abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.city.errors import CityUnavailableError
from actions.conversation.claims import claimed
from actions.conversation.costs import cost_of_the_last
from actions.conversation.details import Led, detail_of_the_last
from actions.conversation.guessed import goes_on_with_the_guess
from actions.conversation.posted import posted
from actions.open_questions import answered_action
from actions.services import Services
from actions.speech import ask, say
from actions.turn import Turn
from kit.replies import text

log = logging.getLogger(__name__)


class CityAction(Action):  # type: ignore[misc]
    """An action with a name, the services, and a reply for each way to fail."""

    #: The action's name in the domain.
    action_name: ClassVar[str]

    #: Reply that says who answers by telephone while the façade is down.
    contact: ClassVar[str] = "contact_city"

    #: The capability that a resident would try again, or None.
    capability: ClassVar[str | None] = None

    #: The form that it is part of, or None.
    form: ClassVar[str | None] = None

    def __init__(self, services: Services) -> None:
        self.services = services

    def name(self) -> str:
        """Return the action's name in the domain."""
        return self.action_name

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Answer the turn; a failure is logged without the resident's words and said in plain ones."""
        del domain
        turn = Turn(tracker)
        try:
            elsewhere = self.elsewhere(turn)
            if elsewhere is not None and elsewhere.action not in (self.action_name, self.form):
                return self.handed_over(elsewhere.events)
            return await self.answer(turn, dispatcher)
        except CityUnavailableError as error:
            log.warning("%s: the city façade is unavailable (%s)", self.action_name, error)
            return self.when_city_is_down(turn, dispatcher)
        except Exception as error:  # the last resort: silence would be worse
            log.error("%s failed: %s at %s", self.action_name, type(error).__name__, _where(error))
            dispatcher.messages.clear()
            return self.when_it_fails(turn, dispatcher)

    def handed_over(self, events: list[EventType]) -> list[EventType]:
        """Return the events that leave the message to the action that it belongs to."""
        return events

    def elsewhere(self, turn: Turn) -> Led | None:
        """Return where a message belongs whatever it was taken for: to an open question, or to what was told last."""
        answered = answered_action(turn)
        if answered:
            return Led(answered, [FollowupAction(answered)])
        told = goes_on_with_the_guess(turn) or detail_of_the_last(turn) or claimed(turn) or posted(turn)
        return told or (None if turn.form else cost_of_the_last(turn))

    @abstractmethod
    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say the answer and return what is to be remembered."""

    def when_city_is_down(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say that the data cannot be reached, and who answers by telephone."""
        del turn
        again = [ask("choice_try_again", self.capability)] if self.capability else []
        say(say_to, "utter_city_unavailable", contact=text(self.contact), options=again)
        return []

    def when_it_fails(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Say that something went wrong here, and who answers by telephone."""
        del turn
        say(say_to, "utter_something_wrong", contact=text(self.contact))
        return []


def _where(error: BaseException) -> str:
    """Return the innermost place of an error in this code; its message may hold a resident's words."""
    place, trace = "?", error.__traceback__
    while trace is not None:
        place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
