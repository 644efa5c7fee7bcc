"""What asks more about the answer just given, whatever it was taken for.

"Until what time?" after a container park looks like the last metro, "is that free?" like parking. Where a message has
but words that belong to the last answer (``claims.yml``), the places and days beside them and small words around, it
goes back to the action that gave that answer, with what is asked under ``CLAIM``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from rasa_sdk.events import FollowupAction, SlotSet

from actions.capabilities import CAPABILITIES
from actions.conversation.continuing import Continuation, changes
from actions.conversation.details import Led
from actions.cues import labels_in
from actions.subjects import ASKED_FOR, SUBJECTS, WORDS
from actions.turn import Turn
from kit.text import fold

#: The key among an answer's facts that says what was asked about it.
CLAIM: Final = "claim"
_FILE: Final = Path(__file__).with_name("claims.yml")
_AROUND: Final = "around"
#: Words for a fine; what looks like the report of a dumping and asks for the fine is a question about the rules.
_FINES: Final = Path(__file__).with_name("fines.yml")
_DUMPING: Final = "waste_illegal_dumping"
_RULES: Final = "waste_bags_and_rules"
#: What is asked with "first" or "last", and may be read as the next departures; least probability of that.
_FIRST_CUES: Final = Path(__file__).with_name("first_last.yml")
_DEPARTURES: Final = "transport_next_departures"
_FIRST_LAST: Final = "transport_first_last"
_MAY_WELL_BE: Final = 0.1
#: What asks for the next one after those.
_NEXT_CUES: Final = Path(__file__).with_name("next.yml")
#: A message of more words has a subject of its own.
_MOST_WORDS: Final = 9
#: Intents whose messages are taken for what they are.
KEPT: Final = frozenset(
    {
        *("city_emergency", "change_language", "ask_repeat", "stop", "goodbye", "greet", "thank", "affirm", "deny"),
        *("delete_my_data", "export_my_data", "insult", "bot_challenge"),
    }
)
#: Entities that may stand beside a claim without being words of their own.
_BESIDE: Final = ("address", "stop", "commune", "date", "time")
#: A bag narrows the calendar down.
_CALENDAR: Final = "waste_calendar"
_BAG: Final = "fraction"
_ONLY: Final = "only"


def claimed(turn: Turn) -> Led | None:
    """Return where a message goes that asks more about the last answer, or what a dumping costs who does it."""
    return _fine_of_a_dumping(turn) or _first_or_last(turn) or _next_one(turn) or _about_the_last(turn)


def _next_one(turn: Turn) -> Led | None:
    """Return the next departures, where they are asked for with nothing else after those or the first and last ones."""
    last, departures = turn.slot("last_question"), CAPABILITIES[_DEPARTURES]
    if last not in {_FIRST_LAST, _DEPARTURES} or turn.form not in (None, departures.form):
        return None
    if only_asks(turn, _next_cues()) is None or turn.facts().keys() & {"stop", "address"}:
        return None
    if last == _DEPARTURES:
        return Led(departures.form, [FollowupAction(departures.form)]) if turn.slot("stop") else None
    known = {name: str(value) for name, value in turn.memory("shown").items() if name in {"stop", "line", "mode"}}
    return Led(departures.form, Continuation(departures, changes(departures, known, starts=True)).events())


def _first_or_last(turn: Turn) -> Led | None:
    """Return the first and last departures, for what looks like the next ones, says "last", and may well be that."""
    asks = turn.intent == _DEPARTURES and not turn.tracker.slots.get("requested_slot")
    likely = dict(turn.ranking()).get(_FIRST_LAST, 0.0) if asks else 0.0
    if likely < _MAY_WELL_BE or not labels_in(turn.text, _FIRST_CUES):
        return None
    subject = SUBJECTS[_FIRST_LAST]
    facts = {name: value for name, value in turn.facts().items() if name in subject.facts}
    told = [SlotSet("last_question", _FIRST_LAST), SlotSet("shown", {WORDS: turn.text, **facts})]
    return Led(subject.answer, [*told, FollowupAction(subject.answer)])


def _fine_of_a_dumping(turn: Turn) -> Led | None:
    """Return the rules, for a message that looks like a report and asks for the fine."""
    opens = turn.intent == _DUMPING and not turn.tracker.slots.get("requested_slot")
    asks = opens and len(turn.text.split()) <= _MOST_WORDS and "fine" in labels_in(turn.text, _FINES)
    if not asks:
        return None
    rules = SUBJECTS[_RULES]
    told = [SlotSet("last_question", _RULES), SlotSet("shown", {"facet": "dumping"})]
    return Led(rules.answer, [*told, FollowupAction(rules.answer)])


def _about_the_last(turn: Turn) -> Led | None:
    last, what = turn.slot("last_question") or "", claim_in(turn)
    if what is None or turn.tracker.slots.get("requested_slot") or turn.intent in {last, *KEPT}:
        return None
    subject, capability = SUBJECTS.get(last), CAPABILITIES.get(last)
    if subject is not None:
        facts = {name: value for name, value in turn.facts().items() if name in subject.facts}
        before = {name: value for name, value in turn.memory("shown").items() if name not in {ASKED_FOR, WORDS, CLAIM}}
        if facts.keys() & set(_BESIDE[:3]):  # another place than before
            before = {name: value for name, value in before.items() if name not in _BESIDE[:3]}
        shown = {**before, **facts, CLAIM: what}
        return Led(subject.answer, [SlotSet("shown", shown), FollowupAction(subject.answer)])
    if capability is not None:
        going_on = Continuation(capability, changes(capability, turn.facts(), starts=False))
        return Led(capability.form, going_on.events())
    return None


def claim_in(turn: Turn) -> str | None:
    """Return what a message asks about the last answer; None where it says anything else besides."""
    last = turn.slot("last_question") or ""
    cues = _claims().get(last)
    if cues is None:
        return None
    what = only_asks(turn, cues)
    if what is None and last == _CALENDAR and turn.entity(_BAG):
        what = only_asks(turn, {_ONLY: cues[_ONLY]}, beside=(*_BESIDE, _BAG))
    return what


def only_asks(turn: Turn, cues: Mapping[str, Sequence[str]], beside: Sequence[str] = _BESIDE) -> str | None:
    """Return which of the cues a message has; None where it says anything else besides."""
    if not turn.text or len(turn.text.split()) > _MOST_WORDS:
        return None
    rest = turn.text
    for start, end, _ in sorted(turn.spans(beside), reverse=True):
        rest = f"{rest[:start]} {rest[end:]}"
    said = f" {fold(rest)} "
    found = {cue: what for what, words in cues.items() for cue in words if _is_in(cue, said)}
    if not found:
        return None
    for cue in sorted(found, key=len, reverse=True):
        said = _without(cue, said)
    return found[max(found, key=len)] if set(said.split()) <= _around() else None


def _is_in(cue: str, said: str) -> bool:
    return f" {cue[:-1]}" in said if cue.endswith("*") else f" {cue} " in said


def _without(cue: str, said: str) -> str:
    if not cue.endswith("*"):
        return said.replace(f" {cue} ", "  ")
    return " " + " ".join(each for each in said.split() if not each.startswith(cue[:-1])) + " "


@cache
def _claims() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return found


@cache
def _next_cues() -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.safe_load(_NEXT_CUES.read_text(encoding="utf-8"))
    return found


@cache
def _around() -> frozenset[str]:
    return frozenset(each for cues in _claims()[_AROUND].values() for cue in cues for each in cue.split())
