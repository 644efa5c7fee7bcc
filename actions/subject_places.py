"""Places among the facts of a subject: finding the one that is meant, or asking for it, with choices."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.city.port import City
from actions.places.resolution import Resolution, is_place_id, open_question, resolve
from actions.speech import ask, payload, say
from actions.subjects import ASKED_FOR, SUBJECTS, Asked
from actions.turn import Turn
from kit.replies import Part, choice

#: Entities that may name a place that was asked for, the best first.
STAND_INS: Final[Mapping[str, tuple[str, ...]]] = {
    "address": ("address", "stop", "commune"),
    "stop": ("stop", "address", "commune"),
    "origin": ("stop", "address", "commune"),
    "destination": ("stop", "address", "commune"),
}

_ORDINAL: Final = re.compile(r"\s*([1-5])\s*[.)]?\s*")
_GUESSES: Final = {"misspelt": "did_you_mean_one", "elsewhere": "place_elsewhere_one"}


async def find(city: City, asked: Asked, fact: str, kinds: Sequence[str], *, in_order: bool = True) -> Resolution:
    """Find the place that a fact names; an id needs no search. ``asked`` may narrow it to a commune."""
    written = asked[fact]
    if is_place_id(written):
        return Resolution(place_id=written)
    commune = asked.get("commune")
    return await resolve(city, written, kinds, commune=commune if commune != written else None, in_order=in_order)


def ask_for(say_to: CollectingDispatcher, asked: Asked, fact: str, reply_id: str, options: Sequence[Part] = ()) -> None:
    """Ask for a fact that is missing; the next message that gives it comes back to the same answer."""
    asked[ASKED_FOR] = fact
    say(say_to, reply_id, options=options)


def ask_which(
    say_to: CollectingDispatcher, subject: str, asked: Asked, fact: str, found: Resolution, *, unknown: str
) -> list[EventType]:
    """Ask which place is meant, with choices; of a name that nothing knows say so (``unknown``) and ask for another."""
    question = open_question(fact, asked[fact], found)
    asked[ASKED_FOR] = fact
    options = [
        choice(each["label"], changed(asked, subject, **{fact: str(each["id"])})) for each in question["options"]
    ]
    problem, total = str(found.problem), int(question["total"])
    if not options:
        del asked[fact]
        say(say_to, unknown, query=question["query"])
    elif problem in _GUESSES and question["yes"]:
        both = [ask("choice_yes", "affirm"), ask("choice_no", "deny")]
        say(say_to, _GUESSES[problem], place=question["label"], options=both)
    elif problem == "misspelt":
        say(say_to, "did_you_mean_many", options=options)
    elif problem == "elsewhere":
        say(say_to, "place_elsewhere", options=options)
    elif total > len(options):
        say(say_to, "which_of_many", count=total, options=options)
    else:
        say(say_to, "which_one", count=len(options), options=options)
    return [SlotSet("pending", question)]


def picked(turn: Turn, fact: str) -> str | None:
    """Return the place of the choice whose number was typed."""
    match, options = _ORDINAL.fullmatch(turn.text), turn.pending(fact).get("options") or []
    return str(options[int(match[1]) - 1]["id"]) if match and int(match[1]) <= len(options) else None


def settled(turn: Turn) -> list[EventType]:
    """Return the events that take a yes or a no to "did you mean …?" about a place; none where it was not asked."""
    shown, subject = turn.memory("shown"), SUBJECTS.get(turn.slot("last_question") or "")
    fact = shown.pop(ASKED_FOR, None)
    guess = turn.pending(fact).get("yes") if fact and subject else None
    if not guess or subject is None:
        return []
    kept = {name: value for name, value in shown.items() if name != fact}
    changed = {**kept, fact: guess} if turn.intent == "affirm" else kept
    return [SlotSet("shown", changed), SlotSet("pending", None), FollowupAction(subject.answer)]


def changed(asked: Asked, subject: str, **facts: str) -> str:
    """Return what choosing the same question with some facts changed means."""
    kept = {name: value for name, value in asked.items() if name in SUBJECTS[subject].facts and name != "commune"}
    return payload(subject, **{**kept, **facts})
