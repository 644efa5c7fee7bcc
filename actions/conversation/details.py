"""What a message is about that only asks for a detail ("and how much is that?"): the procedure that was told last.

Such a message looks like much else ("how long does it take?" like a question about what is kept), so it goes to the
action of that procedure whatever it was taken for. While a form waits for an answer, it is left to the form.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions.capabilities import CAPABILITIES
from actions.cues import labels_in
from actions.open_questions import QUESTION
from actions.subjects import ASKED_FOR, SUBJECTS
from actions.turn import Turn
from kit.text import fold

#: The entity that names what is asked about a procedure: its papers, its price.
FACET: Final = "facet"
#: The key under which an answer of another kind notes the procedure that it led to.
PROCEDURE: Final = "permit_type"
_PROCEDURES: Final = CAPABILITIES["permit_procedure"]
_PERMITS: Final = "permit_"
#: Facts for which a commune is asked, or does as well.
_PLACES: Final = frozenset({"address", "commune"})
#: Words that point back to what was said and tell nothing themselves, a list for each language.
_POINTING: Final = Path(__file__).with_name("pointing.yml")
#: Words that ask for a facet, in messages that are read as nothing known.
_FACETS: Final = Path(__file__).with_name("facets.yml")


@dataclass(frozen=True)
class Led:
    """The action or form that a message belongs to, and the events that lead there."""

    action: str
    events: list[EventType]


def detail_of_the_last(turn: Turn) -> Led | None:
    """Return where a message belongs that asks for a detail of the procedure told last and for nothing else."""
    if turn.tracker.slots.get("requested_slot") or not turn.text:
        return None
    about_permits = (turn.slot("last_question") or "").startswith(_PERMITS)
    if facet_in(turn) is None and _only_a_commune(turn):
        return _elsewhere(turn)
    asks_anew = about_permits and turn.intent == _PROCEDURES.intent and not turn.entity(_PROCEDURES.slot)
    return _led(turn) if asks_anew or only_points(turn) else None


def asks_a_detail(turn: Turn) -> bool:
    """Tell whether a message asks for a facet and names nothing that it would be of."""
    return facet_in(turn) is not None and only_points(turn)


def only_points(turn: Turn) -> bool:
    """Tell whether a message has but words that point back or ask for a facet ("how much is that then?")."""
    return not set(fold(turn.text).split()) - _pointing()


def facet_in(turn: Turn) -> str | None:
    """Return the facet that a message asks for."""
    return turn.entity(FACET) or next(iter(labels_in(turn.text, _FACETS)), None)


def _only_a_commune(turn: Turn) -> bool:
    """Tell whether a message names a commune, and but words that point back besides."""
    communes = turn.spans(("commune",))
    if not communes:
        return False
    text = turn.text
    for start, end, _ in communes:
        text = text[:start] + " " * (end - start) + text[end:]
    return not set(fold(text).split()) - _pointing()


def _elsewhere(turn: Turn) -> Led | None:
    """Return what a commune alone belongs to: the question for a place, or the procedure, told for it once more."""
    last, commune = turn.slot("last_question") or "", turn.entity("commune")
    subject, wanted = SUBJECTS.get(last), turn.memory("shown").get(ASKED_FOR)
    if subject is not None and wanted in _PLACES and wanted in turn.memory("shown"):
        return None  # which of several is meant: the question that is open reads it
    if subject is not None and wanted in _PLACES:
        asked = {name: value for name, value in turn.memory("shown").items() if name != ASKED_FOR}
        return Led(
            subject.answer,
            [SlotSet("shown", {**asked, wanted: commune, "commune": commune}), FollowupAction(subject.answer)],
        )
    if subject is not None and FACET in subject.facts and last.startswith(_PERMITS):
        kept = {name: value for name, value in turn.memory("shown").items() if name not in {ASKED_FOR, "address"}}
        shown = {**kept, "commune": commune}
        return Led(subject.answer, [SlotSet("shown", shown), FollowupAction(subject.answer)])
    procedure = turn.slot(_PROCEDURES.slot) or str(turn.memory("shown").get(PROCEDURE, ""))
    if last == _PROCEDURES.intent != turn.intent and procedure:
        return Led(_PROCEDURES.form, [SlotSet(_PROCEDURES.slot, procedure), FollowupAction(_PROCEDURES.form)])
    return None


def _led(turn: Turn) -> Led | None:
    last, facet = turn.slot("last_question") or "", facet_in(turn)
    subject, shown = SUBJECTS.get(last), turn.memory("shown")
    if facet is None:
        return None
    if subject is not None and FACET in subject.facts:
        kept = {name: value for name, value in shown.items() if name != ASKED_FOR}
        facts = {name: value for name, value in turn.facts().items() if name in subject.facts}
        events = [SlotSet("last_question", last), SlotSet("shown", {**kept, **facts, FACET: facet})]
        return Led(subject.answer, [*events, FollowupAction(subject.answer)])
    if subject is not None and ASKED_FOR in shown and turn.asked_just_before(str(shown[ASKED_FOR])).get(QUESTION):
        return Led(subject.answer, [FollowupAction(subject.answer)]) if only_points(turn) else None
    if subject is not None and PROCEDURE in shown:
        return _procedure(str(shown[PROCEDURE]), facet)
    if last == _PROCEDURES.intent != turn.intent:
        return _procedure(turn.slot(_PROCEDURES.slot) or str(shown.get(PROCEDURE, "")), facet)
    return None


def _procedure(procedure: str, facet: str) -> Led | None:
    if not procedure:
        return None
    named = [SlotSet(_PROCEDURES.slot, procedure), SlotSet(FACET, facet), SlotSet("pending", None)]
    told = [SlotSet("last_question", _PROCEDURES.intent), SlotSet("shown", {PROCEDURE: procedure})]
    return Led(_PROCEDURES.form, [*named, *told, FollowupAction(_PROCEDURES.form)])


@cache
def _pointing() -> frozenset[str]:
    lists: list[list[str]] = yaml.safe_load(_POINTING.read_text(encoding="utf-8"))
    facets: dict[str, list[str]] = yaml.safe_load(_FACETS.read_text(encoding="utf-8"))
    cues = [*(word for words in lists for word in words), *(cue for cues in facets.values() for cue in cues)]
    return frozenset(word for cue in cues for word in cue.split())
