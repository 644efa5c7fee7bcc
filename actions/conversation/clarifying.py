"""Asks what was meant where no intent is likely enough: the two likeliest questions, in plain words."""

from __future__ import annotations

from typing import Any, Final

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CityAction
from actions.capabilities import CAPABILITIES, topics
from actions.conversation.continuing import continuation, same_subject
from actions.conversation.guessed import SLOT
from actions.conversation.knowledge import found
from actions.speech import ask, payload, say
from actions.subjects import SUBJECTS
from actions.turn import Turn
from kit.replies import Part, choice, text
from kit.wire import EMERGENCY_INTENT, EMERGENCY_PROBABILITY, FALLBACK_INTENT, INFORM_INTENT

#: Least probability of a question that is offered, and how much likelier the first is where only that one is.
MIN_PROBABILITY: Final = 0.1
CLEAR_FACTOR: Final = 3.0
#: From which probability on a message that fits no subject best is said to be none of ours; below, it is asked about.
OUT_OF_SCOPE_PROBABILITY: Final = 0.35

_LABELS: Final = {
    **{intent: each.label for intent, each in CAPABILITIES.items()},
    **{intent: each.label for intent, each in SUBJECTS.items()},
    "ask_human": "choice_person",
    "city_emergency": "choice_emergency",
}


class Clarify(CityAction):
    """Offers what may have been meant; after a second failure what a search finds, and then a person."""

    action_name = "action_clarify"

    async def answer(self, turn: Turn, say_to: CollectingDispatcher) -> list[EventType]:
        """Ask, or answer at once where something is clear after all."""
        question = turn.pending(SLOT)
        if question and turn.intent != FALLBACK_INTENT:  # called for by another action: the question once more
            say_question(question, say_to)
            return [SlotSet("pending", question)]
        ranking = turn.ranking()
        clear = _clear_after_all(turn, ranking)
        if clear:
            return clear
        offered = [(intent, likely) for intent, likely in ranking if intent in _LABELS and likely >= MIN_PROBABILITY]
        if self._is_second(turn):
            await self._search(turn, say_to)
        elif not offered:
            say(say_to, "utter_not_understood", options=topics(person=True))
        else:
            question = _question(turn, offered)
            say_question(question, say_to)
            return [SlotSet("pending", question)]
        return [SlotSet("pending", None)]

    async def _search(self, turn: Turn, say_to: CollectingDispatcher) -> None:
        """Offer what the city's knowledge has on the words, after that a person."""
        results = await found(self.services.city, turn.text, turn.language) if self._searches(turn) else []
        if results:
            say(say_to, "utter_found_instead", options=[*results, ask("choice_person", "ask_human")])
        else:
            say(say_to, "utter_not_understood_again", contact=text(self.contact), options=topics(person=True))

    def _searches(self, turn: Turn) -> bool:
        """Tell whether a search may help: once, where there are words."""
        earlier = list(turn.previous_intents())
        return any(each.isalpha() for each in turn.text) and earlier[1:2] != [FALLBACK_INTENT]

    def _is_second(self, turn: Turn) -> bool:
        """Tell whether the message before was not understood either."""
        return next(turn.previous_intents(), "") == FALLBACK_INTENT


def _clear_after_all(turn: Turn, ranking: list[tuple[str, float]]) -> list[EventType]:
    """Return the events that answer at once: an emergency, a fact that continues, a subject that is none of ours."""
    if any(intent == EMERGENCY_INTENT and likely >= EMERGENCY_PROBABILITY for intent, likely in ranking[:2]):
        return [FollowupAction("utter_emergency")]
    first, likely = ranking[0] if ranking else ("", 0.0)
    going_on = continuation(turn) if first == INFORM_INTENT else same_subject(turn)
    if first == "out_of_scope" and (likely >= OUT_OF_SCOPE_PROBABILITY or not _offers(ranking)):
        return [FollowupAction("action_out_of_scope")]
    return going_on.events() if going_on else []


def _offers(ranking: list[tuple[str, float]]) -> bool:
    """Tell whether there is a question to offer."""
    return any(intent in _LABELS and likely >= MIN_PROBABILITY for intent, likely in ranking)


def say_question(question: dict[str, Any], say_to: CollectingDispatcher) -> None:
    """Say a clarification: one guess to confirm, or two to choose from."""
    intents, facts = list(question["intents"]), dict(question["facts"])
    if question.get("yes"):
        both = [ask("choice_yes", "affirm"), ask("choice_no", "deny")]
        say(say_to, "did_you_mean_topic", topic=text(_LABELS[intents[0]]), options=both)
        return
    options = [_option(intent, facts) for intent in intents]
    say(say_to, "which_topic", options=[*options, ask("choice_other", "ask_help")])


def _question(turn: Turn, offered: list[tuple[str, float]]) -> dict[str, Any]:
    (first, likely), *others = offered
    one = not others or likely >= CLEAR_FACTOR * others[0][1]
    facts = turn.facts()
    intents = [first] if one else [first, others[0][0]]
    return {"slot": SLOT, "intents": intents, "facts": facts, "words": turn.text, "yes": first if one else None}


def _option(intent: str, facts: dict[str, str]) -> Part:
    asked = CAPABILITIES.get(intent) or SUBJECTS.get(intent)
    kept = {name: value for name, value in facts.items() if asked and name in asked.facts}
    return choice(text(_LABELS[intent]), payload(intent, **kept))
