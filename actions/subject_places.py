"""Places among the facts of a subject: finding the one that is meant, or asking for it, with choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.city.port import City
from actions.ordinals import ordinal
from actions.places.asking import say_which, unknown_place
from actions.places.resolution import Resolution, is_place_id, open_question, resolve
from actions.speech import payload, say
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
    if options:
        say_which(say_to, question, options)
    else:
        del asked[fact]
        said = unknown_place(unknown, question["query"])
        say(say_to, said["id"], **said["params"])
    return [SlotSet("pending", question)]


def picked(turn: Turn, fact: str) -> str | None:
    """Return the place of the choice whose number was typed."""
    options = turn.pending(fact).get("options") or []
    chosen = ordinal(turn.text, len(options))
    return None if chosen is None else str(options[chosen]["id"])


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
