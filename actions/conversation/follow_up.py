"""Answers a fact that comes on its own."""

from __future__ import annotations

from typing import Final

from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CityAction
from actions.capabilities import CAPABILITIES, topics
from actions.conversation.continuing import SameSubject, continuation, fitting
from actions.conversation.photo import say_to_a_photo
from actions.permits.references import REFERENCE, is_report
from actions.speech import ask, payload, say
from actions.subjects import SUBJECTS
from actions.turn import Turn
from kit.replies import Part, choice, text
from kit.wire import PHOTO_ENTITY

#: Facts that are about getting around, and the questions that they may belong to.
_ON_THE_WAY: Final = frozenset({"mode", "operator"})
_RIDES: Final = ("transport_next_departures", "transport_nearest_stop", "transport_plan_trip")


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
        reference = turn.entity(REFERENCE)
        if reference and _is_certain(reference) and not isinstance(found, SameSubject):  # nothing else has one
            return [FollowupAction("action_report_status" if is_report(reference) else "action_permit_status")]
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
        elif said & _ON_THE_WAY:
            say(say_to, "utter_nothing_to_continue", options=[*_rides(turn), ask("choice_topics", "ask_help")])
        elif said:
            say(say_to, "utter_nothing_to_continue", options=topics())
        else:
            say(say_to, "utter_not_understood", options=topics(person=True))
        return []


def _is_certain(reference: str) -> bool:
    """Tell whether it is a reference for certain; a number alone may be anything."""
    return any(each.isalpha() for each in reference)


def _rides(turn: Turn) -> list[Part]:
    """Return a choice for each question about getting around, with what was said."""
    facts, options = turn.facts(), []
    for intent in _RIDES:
        asked = CAPABILITIES.get(intent) or SUBJECTS[intent]
        kept = {name: value for name, value in facts.items() if name in asked.facts}
        options.append(choice(text(asked.label), payload(intent, **kept)))
    return options
