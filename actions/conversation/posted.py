"""What is followed by who only says "keep me posted": the line, the report, the file or the collections told last.

Alone such words look like much else, and would be asked what they are about.
"""

from __future__ import annotations

from typing import Final

from rasa_sdk.events import FollowupAction, SlotSet

from actions.conversation.details import Led
from actions.permits.references import REFERENCE
from actions.reminders.following import FOLLOW
from actions.reminders.wishes import kind_meant, says_follow
from actions.subjects import FILE, SUBJECTS
from actions.turn import Turn
from kit.wire import REMINDER_INTENT

_LINE: Final = "line"
_DISRUPTIONS: Final = "transport_disruptions"
_REPORTS: Final = "city_report_status"
#: The subject that has something followed, and the fact that it needs, by what was told last.
_FOLLOWED: Final = {
    _DISRUPTIONS: (_DISRUPTIONS, _LINE),
    "transport_next_departures": (_DISRUPTIONS, _LINE),
    "transport_line_info": (_DISRUPTIONS, _LINE),
    "transport_first_last": (_DISRUPTIONS, _LINE),
    "permit_status": ("permit_status", REFERENCE),
    _REPORTS: (_REPORTS, REFERENCE),
}
#: Reports that were just sent: the status knows the latest one without its reference.
_SENT: Final = frozenset({"city_report_problem", "waste_illegal_dumping", "waste_missed_collection"})
#: What a reminder before each collection follows.
_COLLECTIONS: Final = frozenset({"waste_collection_day", "waste_calendar"})
#: A message of more words says itself what it is about.
_MOST_WORDS: Final = 7


def posted(turn: Turn) -> Led | None:
    """Return the answer that has what was told last followed, where a message wants that and names nothing."""
    if turn.form or len(turn.text.split()) > _MOST_WORDS or not says_follow(turn):
        return None
    if turn.facts() or kind_meant(turn) is not None:
        return None
    last = turn.slot("last_question") or ""
    if last in _COLLECTIONS:
        return Led(FILE, [SlotSet("last_question", REMINDER_INTENT), FollowupAction(FILE)])
    if last in _SENT and turn.kept.get("requests"):
        return _led(_REPORTS, {})
    intent, fact = _FOLLOWED.get(last, ("", ""))
    known = turn.memory("shown").get(fact) or (turn.slot(fact) if last == "transport_next_departures" else None)
    return _led(intent, {fact: str(known)}) if known else None


def _led(intent: str, facts: dict[str, str]) -> Led:
    subject = SUBJECTS[intent]
    told = [SlotSet("last_question", intent), SlotSet("shown", {FOLLOW: "yes", **facts})]
    return Led(subject.answer, [*told, FollowupAction(subject.answer)])
