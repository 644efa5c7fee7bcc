"""A question with choices that any words may answer: a message that means one of them is an answer to it.

Short answers look like much else: "pour des vélos" like a question about bicycles, "I don't have the number" like one
for a telephone number. While such a question is open, what
answers it for certain goes to the action that asked, whatever it was taken for.
"""

from __future__ import annotations

from typing import Final

from actions.city.permits import Question
from actions.permits.choosing import answers_surely
from actions.permits.references import REFERENCE, has_none
from actions.subjects import ASKED_FOR, SUBJECTS
from actions.turn import Turn

#: The key of the open question in the slot ``pending``.
QUESTION: Final = "question"
#: Intents whose messages are taken for what they are: an emergency, another language, the last answer again.
_KEPT: Final = frozenset({"city_emergency", "change_language", "ask_repeat"})


def answered_action(turn: Turn) -> str | None:
    """Return the action whose open question the latest message answers for certain, or None."""
    subject, fact = SUBJECTS.get(turn.slot("last_question") or ""), turn.memory("shown").get(ASKED_FOR)
    if subject is None or not fact or turn.intent in _KEPT or not turn.text:
        return None
    asked = turn.asked_just_before(str(fact))
    if fact == REFERENCE and asked and has_none(turn.text):
        return subject.answer
    question = asked.get(QUESTION)
    if not question or not answers_surely(Question.model_validate(question), turn.text):
        return None
    return subject.answer
