"""What a fact on its own ("and the yellow one?", "et à Ixelles ?") continues: which question, with what changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions.capabilities import CAPABILITIES, Capability
from actions.cues import labels_in
from actions.places.corrected import number_in
from actions.places.houses import house_id, spelt
from actions.subjects import ASKED_FOR, SUBJECTS, Subject
from actions.turn import Turn

#: Words that tell which variant of a procedure is meant, for subjects that have some.
VARIANT: Final = "variant"
VARIANTS: Final = Path(__file__).parent.parent / "permits" / "variants.yml"

#: Facts of one question only: another question starts without them.
_DETAILS: Final = frozenset({"fraction", "date", "time", "line", "mode", "direction", "permit_type", "facet"})

#: Facts that a number alone may be: a house in the street, a Euro norm, a year, an age.
_NUMBERED: Final = frozenset({"address", "euro_norm", "first_registered", "age"})
_STREET: Final = re.compile(r"(?:street|address):(\d+)(?::.*)?")
#: What is asked of the line whose departures were told, and the words that ask it ("et le premier ?").
_FIRST_LAST: Final = SUBJECTS["transport_first_last"]
_DEPARTURES: Final = "transport_next_departures"
_FIRST_CUES: Final = Path(__file__).with_name("first_last.yml")
_FIRST_WORDS: Final = 4


@dataclass(frozen=True)
class SameSubject:
    """A subject without a form to answer again, with what the message changes; its answer reads that itself."""

    subject: Subject

    @property
    def intent(self) -> str:
        """The intent of the question that goes on."""
        return self.subject.intent

    def events(self) -> list[EventType]:
        """Return the events that lead to the answer."""
        return [FollowupAction(self.subject.answer)]


@dataclass(frozen=True)
class Continuation:
    """A capability to answer next, and the slots to change before."""

    capability: Capability
    changes: Mapping[str, Any]

    @property
    def intent(self) -> str:
        """The intent of the question that goes on."""
        return self.capability.intent

    def events(self) -> list[EventType]:
        """Return the events that lead to the answer, or to the question for what is missing."""
        changed = [SlotSet(slot, value) for slot, value in self.changes.items()]
        return [*changed, FollowupAction(self.capability.form)]


def asked_in_words(turn: Turn) -> SameSubject | None:
    """Return the subject whose question is open, where any words answer it, and a yes or a no too."""
    subject, fact = SUBJECTS.get(turn.slot("last_question") or ""), turn.memory("shown").get(ASKED_FOR)
    return SameSubject(subject) if subject and fact and turn.pending(str(fact)).get("words") else None


def same_subject(turn: Turn) -> SameSubject | None:
    """Return the subject answered last where the latest message goes on with it."""
    asked = asked_in_words(turn)
    if asked is not None:
        return asked
    subject = SUBJECTS.get(turn.slot("last_question") or "")
    if subject is None:
        return None
    said = turn.entity_names()
    words = turn.text.split()
    asked_for = turn.memory("shown").get(ASKED_FOR)
    if asked_for in _NUMBERED and number_in(turn.text):
        said = said - {"line", "time"}  # a number may be read as either
    if said and not said & subject.facts and VARIANT in subject.facts and labels_in(turn.text, VARIANTS):
        said = set()  # "a second car" names a vehicle, and which card is meant
    by_words = subject.takes_words or asked_for
    goes_on = bool(said & subject.facts) if said else bool(by_words) and 0 < len(words) <= subject.most_words
    return SameSubject(subject) if goes_on else None


def continuation(turn: Turn) -> Continuation | SameSubject | None:
    """Return what the latest message continues, or None where that is not clear."""
    subject = same_subject(turn) or _first_or_last(turn)
    if subject is not None:
        return subject
    said = turn.entity_names()
    last = CAPABILITIES.get(turn.slot("last_question") or "")
    number = _house_number(turn, last, said)
    if last and number:
        return Continuation(last, {"address": number})
    if not said:
        return None
    capability = _capability(last, turn)
    if capability is None:
        return None
    facts = turn.facts()
    return Continuation(capability, changes(capability, facts, starts=capability is not last))


def _first_or_last(turn: Turn) -> SameSubject | None:
    """Return the question for the first and the last one, where that is asked of the departures just told."""
    asked = turn.slot("last_question") == _DEPARTURES and len(turn.text.split()) <= _FIRST_WORDS
    return SameSubject(_FIRST_LAST) if asked and labels_in(turn.text, _FIRST_CUES) else None


def changes(capability: Capability, facts: Mapping[str, str], *, starts: bool) -> dict[str, Any]:
    """Return the slots to set for a question with these facts; one that ``starts`` forgets the details of another."""
    changed: dict[str, Any] = {}
    if starts:
        changed.update(dict.fromkeys(sorted(_DETAILS & capability.facts - facts.keys())))
    changed.update({name: value for name, value in facts.items() if name in capability.facts})
    if facts.keys() & {"line", "mode"} and "direction" not in facts and "direction" in capability.facts:
        changed["direction"] = None  # another line goes elsewhere
    if "mode" in facts and "line" not in facts and "mode" in capability.facts:
        changed["line"] = None  # "and the metro?" is about no tram any more
    if capability.slot in facts:
        return changed
    stand_in = next((facts[name] for name in capability.stand_ins if name in facts), None)
    if stand_in:
        changed[capability.slot] = stand_in
    elif "commune" in facts and capability.slot in {"address", "stop"}:
        changed[capability.slot] = None
        changed["pending"] = {"slot": capability.slot, "problem": "commune_only", "commune": facts["commune"]}
    return changed


def fitting(said: set[str]) -> list[Capability]:
    """Return the capabilities that facts may be about, where nothing was asked before."""
    return [capability for capability in CAPABILITIES.values() if capability.telling & said]


def _capability(last: Capability | None, turn: Turn) -> Capability | None:
    """Return the capability that most of the message belongs to; the last one where others fit no better."""

    def fit(capability: Capability) -> int:
        return sum(1 for names in turn.entities_by_place() if capability.facts & names)

    possible = fitting(turn.entity_names())
    if last and fit(last):
        better = [each for each in possible if fit(each) > fit(last)]
        return better[0] if len(better) == 1 else last
    if len(possible) < 2:
        return possible[0] if possible else None
    # "Quels documents pour une terrasse à Ixelles ?" as a fact: what most of it belongs to, where the rest does too.
    first, second, *_ = sorted(possible, key=fit, reverse=True)
    places = sum(1 for names in turn.entities_by_place() if names & turn.entity_names())
    whole = fit(first) == places > fit(second)
    return first if whole else None


def _house_number(turn: Turn, last: Capability | None, said: set[str]) -> str | None:
    """Return the address with another house number, where only a number was given after an answer about one."""
    bare = {name for name in said if (turn.entity(name) or "").strip().isdigit()}  # a number may be read as a day too
    if last is None or last.slot != "address" or said - {"line", "time"} - bare:
        return None
    street = _STREET.fullmatch(turn.slot("address") or "")
    number = number_in(turn.text)
    misread = turn.text.strip().isdigit() or turn.intent == "correct_input"  # "number 12" looks like a line
    if street is None or number is None or (said and not misread):
        return None
    return house_id(street[1], spelt(number))
