"""Answers a fact that comes on its own."""

from __future__ import annotations

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CityAction
from actions.capabilities import CAPABILITIES, topics
from actions.conversation.continuing import continuation, fitting
from actions.conversation.photo import say_to_a_photo
from actions.speech import payload, say
from actions.turn import Turn
from kit.replies import choice, text
from kit.wire import PHOTO_ENTITY


class FollowUp(CityAction):
    """Goes on with the last question, changed by what was said; else asks what the fact is for."""

    action_name = "action_follow_up"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Call for the answer, or ask which question the fact belongs to."""
        photo = turn.entity(PHOTO_ENTITY)
        if photo is not None:
            say_to_a_photo(turn, photo, say_to)
            return []
        found = continuation(turn)
        if found is not None:
            return found.events()
        said = turn.entity_names()
        last = CAPABILITIES.get(turn.slot("last_question") or "")
        possible = fitting(said)
        if possible:
            facts = turn.facts()
            options = [
                choice(text(each.label), payload(each.intent, **{k: v for k, v in facts.items() if k in each.facts}))
                for each in possible
            ]
            say(say_to, "utter_nothing_to_continue", options=options)
        elif said and last:
            say(say_to, "utter_fact_unknown", contact=text(last.contact), options=topics(person=True))
        elif said:
            say(say_to, "utter_nothing_to_continue", options=topics())
        else:
            say(say_to, "utter_not_understood", options=topics(person=True))
        return []
